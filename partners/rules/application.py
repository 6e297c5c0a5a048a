"""Who decides what on an application, and when (R105, R107, R038)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from partners.choices.application import ApplicationState as S
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

MANAGER, LAWYER = frozenset({Role.BRAND_MANAGER}), frozenset({Role.LEGAL})
#: Applications that still wait for somebody; there is one of them a credit code.
OPEN = (S.UNCONFIRMED, S.SUBMITTED, S.LEGAL_REVIEW, S.CLEARED, S.RETURNED)
#: While the brand manager holds it, what is written may be corrected.
EDITABLE = (S.SUBMITTED, S.RETURNED)


@dataclass(frozen=True, slots=True)
class Step:
    """From which states, to which, and whose business it is in each of them."""

    who: dict[str, frozenset[Role]]
    target: S


STEPS: dict[str, Step] = {
    "endorse": Step({S.SUBMITTED: MANAGER}, S.LEGAL_REVIEW),
    "clear": Step({S.LEGAL_REVIEW: LAWYER}, S.CLEARED),
    "approve": Step({S.CLEARED: MANAGER}, S.APPROVED),
    "send_back": Step({S.SUBMITTED: MANAGER, S.LEGAL_REVIEW: LAWYER, S.CLEARED: MANAGER}, S.RETURNED),
    "reject": Step({S.SUBMITTED: MANAGER, S.LEGAL_REVIEW: LAWYER, S.CLEARED: MANAGER}, S.REJECTED),
    "resubmit": Step({S.RETURNED: MANAGER}, S.SUBMITTED),
}


def may(role: Role | None, name: str, state: str) -> Verdict:
    """Whether the role makes the step in that state; the system makes all (R105)."""
    step = STEPS[name]
    if state not in step.who:
        return Denied(_("The application is “%(state)s” now.") % {"state": S(state).label}, wrong_state=True)
    if role == Role.SYSTEM or role in step.who[state]:
        return ALLOWED
    return Denied(
        _("Only the legal department decides this step.")
        if step.who[state] == LAWYER
        else _("Only brand managers decide this step.")
    )
