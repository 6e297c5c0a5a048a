"""What a new day does to customers' agreements."""

from django_tasks import task

from tickets.actions import agreement


@task()
def turn_agreements_over() -> int:
    """Signed versions begin on their first day; answers how many."""
    return agreement.turn_over()
