"""What the worker does for the partner network when the schedule asks for it."""

from django_tasks import task

from partners.actions import standard, standard_reply
from portal.kernel import clock


@task()
def keep_standards() -> int:
    """What was announced for today holds, new partners are told, managers are reminded; answers how many changes."""
    today = clock.today()
    begun = standard.take_effect(today)
    return begun + standard_reply.hand_out_to_new_partners() + standard_reply.remind(today)
