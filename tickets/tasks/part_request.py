"""What the schedule asks of part requests."""

from django_tasks import task

from tickets.actions import part_request


@task()
def tell_late_parts() -> int:
    """Whoever waits for parts hears that they are late."""
    return part_request.tell_late()
