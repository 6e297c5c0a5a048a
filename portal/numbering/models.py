"""Where each series of numbers stands."""

from django.db import models


class Series(models.Model):
    """A gapless series: the row is locked while a number is taken, and given back if the change fails."""

    code = models.CharField(max_length=40, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.code}: {self.last}"
