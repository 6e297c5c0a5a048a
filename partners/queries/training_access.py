"""Who may read files of the partners' subjects: whoever sees the row (A08)."""

from partners.models import Course, StaffProof
from portal.accounts.actor import Actor
from portal.files.access import register


def _course(actor: Actor, pk: int) -> bool:
    return Course.objects.visible_to(actor).filter(pk=pk).exists()


def _proof(actor: Actor, pk: int) -> bool:
    return StaffProof.objects.visible_to(actor).filter(pk=pk).exists()


register("course", _course)
register("staffproof", _proof)
