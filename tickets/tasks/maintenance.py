"""What a new day does to inspections and agreements."""

from django_tasks import task

from tickets.actions import maintenance


@task()
def open_due_visits() -> int:
    """Visits that fall due become tickets; answers how many."""
    return maintenance.turn_over()["opened"]
