"""What the worker does for outlet inspections when the schedule asks for it."""

from django_tasks import task

from partners.actions import outlet_inspection_finding
from portal.kernel import clock


@task()
def tell_overdue_findings() -> int:
    """Partner and brand hear of findings whose day has passed; answers how many."""
    return outlet_inspection_finding.tell_overdue(clock.today())
