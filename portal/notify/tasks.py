"""What the worker does for notices."""

from django_tasks import task

from portal.notify import alarm, rounds
from portal.notify.sending import deliver_notice

__all__ = ["deliver_due", "deliver_notice"]


@task()
def deliver_due() -> int:
    """All that are due; the schedule asks for it every minute. What is left over is taken up at once."""
    sent, more = rounds.deliver_due()
    alarm.watch()
    if more:
        deliver_due.enqueue()
    return sent
