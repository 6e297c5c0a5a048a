"""Signs of life of the programs beside the web: when each was last seen, and who leads."""

from django.db import models


class Heartbeat(models.Model):
    """One row a program ('schedule', 'worker') and a job ('job:seal_journal')."""

    name = models.CharField(max_length=60, unique=True)
    holder = models.CharField(max_length=80, blank=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.beat_at:%Y-%m-%d %H:%M:%S}"
