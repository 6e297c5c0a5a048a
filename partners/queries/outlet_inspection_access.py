"""Who may read photos and papers of inspections, and still have the notices about them (A08, A16)."""

from partners.models import OutletInspection, OutletInspectionAnswer, OutletInspectionFinding
from portal.accounts.actor import Actor
from portal.files import access
from portal.notify import types
from portal.notify.models import Notice


def sees_inspection(actor: Actor, pk: int) -> bool:
    """Whether the actor sees the inspection; a partner its signature only when it is handed in."""
    row = OutletInspection.objects.all().visible_to(actor).filter(pk=pk).first()
    return row is not None and (row.is_done or not actor.is_partner)


def sees_answer(actor: Actor, pk: int) -> bool:
    """Whether the actor sees what was found at the item."""
    return OutletInspectionAnswer.objects.all().visible_to(actor).filter(pk=pk).exists()


def sees_finding(actor: Actor, pk: int) -> bool:
    """Whether the actor sees the finding."""
    return OutletInspectionFinding.objects.all().visible_to(actor).filter(pk=pk).exists()


def still_concerns(notice: Notice) -> bool:
    """Whether the person still sees the inspection at the moment of sending."""
    pk = int(notice.subject.partition(":")[2])
    return notice.user is None or OutletInspection.objects.visible_to(Actor.of(notice.user)).filter(pk=pk).exists()


access.register("outletinspection", sees_inspection)
access.register("outletinspectionanswer", sees_answer)
access.register("outletinspectionfinding", sees_finding)
types.register_check("outletinspection", still_concerns)
