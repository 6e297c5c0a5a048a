"""The task by which a change asks for the delivery of its notice; apart from the others, for `queue` needs it."""

from django_tasks import task

from portal.notify import delivery


@task()
def deliver_notice(pk: int) -> bool:
    """One notice by all its channels, soon after the change that it tells of."""
    return delivery.deliver_notice(pk)
