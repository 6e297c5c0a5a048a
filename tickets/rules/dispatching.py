"""To whom a ticket may be given (spec/workflow.md dispatch and accept; R115, R203–R205)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.kernel.verdict import ALLOWED, Denied, Verdict
from tickets.choices import Category, Department

#: The department that each class goes to when nobody chooses (R203). A complaint is not in it: somebody reads it first.
DEPARTMENT_OF: dict[str, Department] = {
    Category.EMERGENCY: Department.REPAIR,
    Category.FAULT: Department.REPAIR,
    Category.CONSULTATION: Department.SERVICE,
    Category.MAINTENANCE: Department.TECHNICAL,
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person who might become responsible, as far as the rule asks."""

    outlet_id: int
    active: bool
    on_duty: bool
    certified: bool
    is_subject_of_complaint: bool = False
    #: What is missing for the product line and the post, in words; empty where `certified`.
    lacks: Sequence[str] = ()


def may_take(outlet_serves: bool, load: int, capacity: int, ready: int = 1, lacks: Sequence[str] = ()) -> Verdict:
    """Whether an outlet may get another ticket: it serves area, line and tier, has room and somebody certified on duty.

    `ready` counts the people on duty who may work on the line; `lacks` says what the others miss (R115, R175, R203).
    """
    if not outlet_serves:
        return Denied(_("This outlet does not serve the area, the product line or the service tier of the ticket."))
    if load >= capacity:
        return Denied(
            _("This outlet is full: %(load)d of %(capacity)d tickets are open.") % {"load": load, "capacity": capacity}
        )
    if not ready:
        return Denied(_with(_("Nobody on duty at this outlet may work on this product line."), lacks))
    return ALLOWED


def may_own(candidate: Candidate, outlet_id: int | None) -> Verdict:
    """Whether somebody may become responsible: of that outlet, on duty, certified (R115, R205)."""
    checks: Sequence[tuple[bool, str]] = (
        (candidate.outlet_id == outlet_id, _("The responsible person must belong to the outlet of the ticket.")),
        (candidate.active, _("This person no longer works here.")),
        (candidate.on_duty, _("This person is not on duty.")),
        (
            candidate.certified,
            _with(_("This person holds no valid certificate for the product line."), candidate.lacks),
        ),
        (not candidate.is_subject_of_complaint, _("Nobody may handle a complaint against himself.")),
    )
    return next((Denied(reason) for holds, reason in checks if not holds), ALLOWED)


def _with(sentence: str, lacks: Sequence[str]) -> str:
    """The sentence, and behind it what is missing."""
    if not lacks:
        return sentence
    told = pgettext("between what several people lack", "; ").join(lacks)
    return _("%(sentence)s Missing: %(lacks)s.") % {"sentence": sentence, "lacks": told}


def by_itself(category: str, declines: int) -> bool:
    """Whether the portal may dispatch a ticket without the desk: no complaint, and nobody gave it back (R203)."""
    return category in DEPARTMENT_OF and not declines
