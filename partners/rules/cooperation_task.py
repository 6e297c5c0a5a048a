"""Tasks of the cooperation: who does what with them, when they are overdue and who is told (R073, R076, R077)."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from partners.choices.cooperation import TaskState
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: Gives, extends, cancels and re-opens tasks.
GIVERS = frozenset({Role.BRAND_MANAGER, Role.SYSTEM})
#: The owner is reminded so long before; who leads him is told so long after the due day.
REMIND_BEFORE, ESCALATE_AFTER = timedelta(days=2), timedelta(days=3)


#: No new due day lies further ahead: whoever types one meant another.
LONGEST = timedelta(days=365)


def gives_tasks(role: Role | None) -> Verdict:
    """Whether the role gives tasks and decides on their dates (R077)."""
    return ALLOWED if role in GIVERS else Denied(_("Only brand managers give tasks, move or cancel them."))


def may_finish(role: Role | None, *, own: bool, state: str) -> Verdict:
    """Whether somebody may report the task as done: its owner, his company's manager, a brand manager (R073)."""
    if not own and role not in GIVERS | {Role.PARTNER_MANAGER}:
        return Denied(_("This is somebody else’s task."))
    return is_open(state)


def is_open(state: str) -> Verdict:
    """Only what is open can be done, moved or cancelled (R073)."""
    if state == TaskState.OPEN:
        return ALLOWED
    return Denied(_("The task is “%(state)s” already.") % {"state": TaskState(state).label}, wrong_state=True)


def overdue(state: str, due_on: date, today: date) -> bool:
    """The due day itself is in time (R073)."""
    return state == TaskState.OPEN and due_on < today


def later(due_on: date, until: date, today: date) -> Verdict:
    """Whether a new due day is a later one that lies ahead, but no more than a year (R073)."""
    if until <= due_on:
        return Denied(_("The new day must lie after the present one, %(day)s.") % {"day": due_on})
    if until > today + LONGEST:
        return Denied(
            _("The new day lies more than a year ahead; the last one possible is %(day)s.") % {"day": today + LONGEST}
        )
    return ALLOWED if until >= today else Denied(_("The new day lies in the past."))


def may_ask(wanted_until: date | None) -> Verdict:
    """Whether more time can be asked for: one request at a time waits for its decision (R073)."""
    if wanted_until is None:
        return ALLOWED
    words = _("Time until %(day)s was asked for already; the brand has not decided yet.")
    return Denied(words % {"day": wanted_until}, wrong_state=True)


def level(due_on: date, today: date) -> str:
    """Whom a daily look at open tasks tells: '' nobody, 'soon' or 'overdue' the owner, 'late' who leads him (R077)."""
    if today >= due_on + ESCALATE_AFTER:
        return "late"
    if today > due_on:
        return "overdue"
    return "soon" if today >= due_on - REMIND_BEFORE else ""
