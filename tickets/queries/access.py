"""Who may see what hangs on a ticket: its files, and the notices about it (A08, A16)."""

from portal.accounts.actor import Actor
from portal.files import access
from portal.notify import types
from portal.notify.models import Notice
from tickets.models import AgreementVersion, Ticket

SUBJECT = "ticket"


def sees_ticket(actor: Actor, pk: int) -> bool:
    """Whether the ticket lies in the actor's scope."""
    return Ticket.objects.visible_to(actor).filter(pk=pk).exists()


def still_concerns(notice: Notice) -> bool:
    """Whether a member of staff still sees the ticket at the moment of sending; customers are bound by the link, the
    robot of a partner by the ticket's partner now."""
    group, _dot, partner = notice.group.partition(".")
    if group == "partner":
        return Ticket.objects.filter(pk=int(notice.subject.partition(":")[2]), partner__code=partner).exists()
    if notice.user is None:
        return True
    return sees_ticket(Actor.of(notice.user), int(notice.subject.partition(":")[2]))


def sees_agreement_version(actor: Actor, pk: int) -> bool:
    """Whether the signed paper of an agreement lies in the actor's scope."""
    return AgreementVersion.objects.visible_to(actor).filter(pk=pk).exists()


access.register(SUBJECT, sees_ticket)
access.register("agreementversion", sees_agreement_version)
types.register_check(SUBJECT, still_concerns)
