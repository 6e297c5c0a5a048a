"""Who may enrol whom, record attendance and vouch for staff (R017, R115, R142, R174)."""

from datetime import datetime

from django.utils.translation import gettext as _

from partners.choices.training import EnrolmentState
from portal.accounts.roles import DESK, Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: Teach and record who came.
TRAINERS = frozenset({Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM})
#: Enrol others and vouch for their skills and documents.
LEADERS = frozenset({Role.BRAND_MANAGER, Role.PARTNER_MANAGER, Role.SYSTEM})
#: See how the people of an outlet stand.
MATRIX_READERS = DESK | {Role.PARTNER_MANAGER, Role.DISPATCHER}


def may_enrol(role: Role | None, *, himself: bool, self_enrolment: bool) -> Verdict:
    """Whether somebody may be enrolled by that role (R142); technicians themselves where the course allows it."""
    if role in LEADERS:
        return ALLOWED
    if not himself:
        return Denied(_("Only the partner's manager enrols others."))
    return ALLOWED if self_enrolment else Denied(_("Your manager enrols you for this course."))


def may_record(role: Role | None, *, is_trainer: bool) -> Verdict:
    """Whether somebody may record attendance: the trainer of the session, or a brand manager (R115)."""
    if role in (Role.BRAND_MANAGER, Role.SYSTEM) or (role in TRAINERS and is_trainer):
        return ALLOWED
    return Denied(_("Only the trainer of the session or a brand manager records attendance."))


def may_vouch(role: Role | None) -> Verdict:
    """Whether somebody may record skills, documents and checks of staff (R173, R174)."""
    return ALLOWED if role in LEADERS else Denied(_("Only the manager records skills, documents and checks."))


def seat_for(taken: int, seats: int) -> EnrolmentState:
    """A seat while there is one, else a place on the waiting list (R142)."""
    return EnrolmentState.ENROLLED if taken < seats else EnrolmentState.WAITING


def still_open(starts_at: datetime, cancelled_at: datetime | None, now: datetime) -> Verdict:
    """Whether a session can still be entered or left (R142)."""
    if cancelled_at is not None:
        return Denied(_("This session is called off."), wrong_state=True)
    if now >= starts_at:
        return Denied(_("This session has begun already."), wrong_state=True)
    return ALLOWED
