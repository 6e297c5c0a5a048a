"""What the schedule asks of reports; the making itself is kpi.actions.making.make_report."""

from django_tasks import task

from kpi.actions import making


@task()
def take_up_stuck_reports() -> int:
    """Reports that a dead worker left behind are queued again."""
    return making.take_up_stuck()
