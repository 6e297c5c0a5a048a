"""What the schedule asks of tools and grants each morning (R020, R179)."""

from django_tasks import task

from partners.actions import tool_calibration, tool_grant
from portal.kernel import clock


@task()
def warn_of_tools() -> int:
    """Calibrations due or late, grants that end; answers how many warnings."""
    today = clock.today()
    return tool_calibration.warn(today) + tool_grant.warn(today)
