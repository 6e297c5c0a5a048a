"""What the worker does for the cooperation when the schedule asks for it."""

import logging
from collections.abc import Callable
from datetime import date

from django_tasks import task

from partners.actions import cooperation_task, meeting, meeting_calendar
from portal.kernel import clock

logger = logging.getLogger(__name__)


@task()
def keep_cooperation() -> int:
    """Owed meetings are planned, invitations and tasks are reminded; answers how many changes."""
    return sum(_tried(part) for part in (meeting_calendar.create_due, meeting.remind, cooperation_task.remind))


def _tried(part: Callable[[date], int]) -> int:
    """A part that fails stops no other; what was wrong stands in the worker's log."""
    try:
        return part(clock.today())
    except Exception:
        logger.exception("%s failed", part.__name__)
        return 0
