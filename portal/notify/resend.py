"""Give what was given up another chance, by a person's word; each is one entry in the notice's journal."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.actor import Actor
from portal.accounts.roles import DESK, Role
from portal.journal.log import record
from portal.journal.verbs import register
from portal.kernel import clock
from portal.kernel.errors import Conflict, Refused
from portal.notify import channels
from portal.notify.delivery import settle
from portal.notify.models import Delivery, DeliveryState, Notice
from portal.notify.sending import deliver_notice

KEEPERS = DESK | {Role.ADMINISTRATOR}
#: So many go again at once.
MOST = 200
RESENT = register(
    "notice_resent", gettext_lazy("Sent again"), gettext_lazy("%(actor)s had the notice sent again by %(channel)s")
)


def resend(actor: Actor, delivery: Delivery) -> Delivery:
    """Put a delivery that was given up back into the queue. Raises Refused, or Conflict when it is not given up."""
    if actor.role not in KEEPERS:
        raise Refused(_("The service desk and administrators send notices again."))
    with transaction.atomic():
        Notice.objects.select_for_update().get(pk=delivery.notice_id)
        row = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if row.state != DeliveryState.FAILED:
            raise Conflict(_("Only what was given up can be sent again: this one is not, or somebody was faster."))
        if row.channel not in channels.names():
            raise Conflict(_("This channel is not set up any more."))
        now = clock.now()
        # Two days begin anew: what it is tried for counts from when it is asked for.
        again = {"state": DeliveryState.WAITING, "created_at": now, "next_try_at": now, "refusals": 0, "remark": ""}
        Delivery.objects.filter(pk=row.pk).update(**again)
        settle(row.notice_id)
        record(row.notice, RESENT.code, actor, facts={"channel": str(channels.label(row.channel)), "error": row.error})
        deliver_notice.enqueue(row.notice_id)
    row.refresh_from_db()
    return row


def resend_all(actor: Actor, deliveries: list[Delivery]) -> tuple[int, int]:
    """Each on its own; answers how many went and how many could not."""
    went = 0
    for delivery in deliveries:
        try:
            resend(actor, delivery)
            went += 1
        except Conflict:
            continue
    return went, len(deliveries) - went
