"""What the worker does for notices."""

from django_tasks import task

from portal.notify import delivery


@task()
def deliver_notice(pk: int) -> bool:
    """One notice, soon after the change that it tells of."""
    return delivery.deliver(pk)


@task()
def deliver_due() -> int:
    """All that are due; the schedule asks for it every minute."""
    return delivery.deliver_due()
