"""Hand-overs that a dead worker left behind."""

from django_tasks import task

from tickets.actions import hand_over


@task()
def take_up_stuck_hand_overs() -> int:
    """Queue them again; answers how many."""
    return hand_over.take_up_stuck()
