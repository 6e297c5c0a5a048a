"""What the schedule asks of tickets that nobody dispatched."""

from django_tasks import task

from tickets.actions import auto_dispatch


@task()
def dispatch_waiting() -> int:
    """What waits too long goes out without the desk; answers how many."""
    return auto_dispatch.dispatch_waiting()
