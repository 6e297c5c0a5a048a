"""What the schedule asks of tickets; the work itself is in tickets.actions."""

from django_tasks import task

from tickets.actions import calendar, warning


@task()
def warn_due() -> int:
    """Warnings and breaches whose moment has come."""
    return warning.warn_due()


@task()
def resettle_unfinished() -> int:
    """Tickets under a changed calendar that a dead worker left."""
    return calendar.resettle_unfinished()
