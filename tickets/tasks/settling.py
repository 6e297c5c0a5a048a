"""What a new day changes about clocks, done by the worker when the schedule asks for it."""

from django_tasks import task

from tickets.actions import recompute


@task()
def settle_days() -> int:
    """Tickets in somebody's hands owe an entry of 附件2 anew; answers how many there are (R212)."""
    return recompute.settle_days()
