"""What the worker does for the cooperation when the schedule asks for it."""

from django_tasks import task

from partners.actions import cooperation_task, meeting, meeting_calendar
from portal.kernel import clock


@task()
def keep_cooperation() -> int:
    """Owed meetings are planned, invitations and tasks are reminded; answers how many changes."""
    today = clock.today()
    return meeting_calendar.create_due(today) + meeting.remind(today) + cooperation_task.remind(today)
