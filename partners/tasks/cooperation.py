"""What the worker does for the cooperation when the schedule asks for it."""

from collections.abc import Callable
from datetime import date

from django_tasks import task

from partners.actions import cooperation_task, meeting, meeting_calendar
from portal.kernel import clock

PARTS: tuple[Callable[[date], int], ...] = (meeting_calendar.create_due, meeting.remind, cooperation_task.remind)


@task()
def keep_cooperation() -> int:
    """Owed meetings are planned, invitations and tasks are reminded; answers how many changes.

    A part that fails stops no other; the task itself has failed then, and says why.
    """
    done, failed = 0, []
    for part in PARTS:
        try:
            done += part(clock.today())
        except Exception as error:  # raised below, when the others had their turn
            failed.append(error)
    if failed:
        raise ExceptionGroup("a part of the morning's look failed", failed)
    return done
