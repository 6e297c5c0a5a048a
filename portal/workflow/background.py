"""What is made in the background has a row: queued, being made, ready or failed. One worker makes it, however often
it is asked; what a dead worker left is queued again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from portal.kernel import clock

QUEUED, RUNNING, READY, FAILED = "queued", "running", "ready", "failed"
#: Something whose making was not heard of for so long belongs to a worker that is gone.
STUCK_AFTER = timedelta(minutes=10)


class MadeInBackground(models.Model):
    """How far the making has come; subclasses name their states, the four above among them."""

    progress = models.PositiveSmallIntegerField(_("Progress in per cent"), default=0)
    error = models.CharField(_("Error"), max_length=300, blank=True)
    #: When the making was last seen alive: a worker that died leaves the row behind.
    touched_at = models.DateTimeField(null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("Finished at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_ready(self) -> bool:
        return self.state == READY

    @property
    def is_waiting(self) -> bool:
        """Queued or being made: a list that shows it looks again soon."""
        return self.state in (QUEUED, RUNNING)


def claim(rows: models.QuerySet, /, **values: Any) -> bool:
    """Take the one row in hand: true only for the worker that turned it from queued to running."""
    return bool(rows.filter(state=QUEUED).update(state=RUNNING, error="", touched_at=clock.now(), **values))


def alive(rows: models.QuerySet, /, **values: Any) -> bool:
    """A sign of life with what it found; false if the row is no longer being made by the caller."""
    return bool(rows.filter(state=RUNNING).update(touched_at=clock.now(), **values))


def silent(rows: models.QuerySet) -> models.QuerySet:
    """Rows that wait or run without a sign of life."""
    return rows.filter(state__in=(QUEUED, RUNNING), touched_at__lt=clock.now() - STUCK_AFTER)


def take_up(rows: models.QuerySet, enqueue: Callable[[int], Any]) -> int:
    """Queue again what gives no sign of life; answers how many."""
    stuck, taken = silent(rows), 0
    for pk in list(stuck.values_list("pk", flat=True)):
        with transaction.atomic():
            if stuck.filter(pk=pk).update(state=QUEUED, progress=0, touched_at=clock.now()):
                enqueue(pk)
                taken += 1
    return taken
