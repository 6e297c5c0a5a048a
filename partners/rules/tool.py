"""Which tools an outlet must have, and which of them may measure (R179, R209)."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from partners.choices.tool import MEASURES, CalibrationState, CheckResult, NeedState, ToolState
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: Keep the list of types, and may reject a calibration record.
LISTERS = frozenset({Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM})
#: Keep the tools of a partner; the brand's people do by sheet and admin.
KEEPERS = frozenset({Role.PARTNER_MANAGER, Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM})
#: Days before the due day at which the manager is told; the day after it the brand hears of it too.
OVERDUE = -1
WARN_DAYS = (30, 7, 0, OVERDUE)
SOON_DAYS = max(WARN_DAYS)

#: Nobody uses an older tool: an earlier day of purchase is a slip of the finger.
OLDEST = date(1990, 1, 1)
_NUMBER = re.compile(r"[\w\-/.#() （）]+")

S = ToolState
#: From which state to which a keeper may put a tool. Retired is for good.
MOVES: dict[str, frozenset[str]] = {
    S.IN_USE: frozenset({S.CALIBRATING, S.OUT_OF_ORDER, S.RETIRED}),
    S.CALIBRATING: frozenset({S.IN_USE, S.OUT_OF_ORDER, S.RETIRED}),
    S.OUT_OF_ORDER: frozenset({S.IN_USE, S.CALIBRATING, S.RETIRED}),
    S.RETIRED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One calibration that counts: on which day, with which result."""

    on: date
    result: str


def next_due(checked_on: date, months: int) -> date:
    """The last day on which a calibration holds: the same day so many months on, at most that month's last (R179)."""
    count = checked_on.year * 12 + checked_on.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(checked_on.day, monthrange(year, month + 1)[1]))


def due_of(months: int | None, checks: Iterable[Check]) -> tuple[date | None, bool]:
    """(due day, failed) of a tool: the latest check counts; of two on one day the one recorded later (R179)."""
    last = None
    for check in checks:
        if last is None or check.on >= last.on:
            last = check
    if months is None or last is None:
        return None, False
    if last.result == CheckResult.FAILED:
        return last.on, True
    return next_due(last.on, months), False


def calibration_state(months: int | None, due_on: date | None, *, failed: bool, today: date) -> CalibrationState:
    """How a tool stands today; on its due day it may still measure (R179)."""
    if months is None:
        return CalibrationState.NOT_NEEDED
    if failed:
        return CalibrationState.FAILED
    if due_on is None:
        return CalibrationState.NEVER
    if today > due_on:
        return CalibrationState.OVERDUE
    return CalibrationState.SOON if due_on - today <= timedelta(days=SOON_DAYS) else CalibrationState.VALID


def number_fits(number: str) -> Verdict:
    """Whether an asset number can stand on a label and in a sheet: no markup, no control characters (R179)."""
    if _NUMBER.fullmatch(number):
        return ALLOWED
    return Denied(_("An asset number has letters, digits, spaces and the signs - / . _ # ( ) only."))


def may_be_bought(day: date, first_check: date | None, today: date) -> Verdict:
    """Whether a tool can have been bought on that day: in its time, and before its first calibration (R179)."""
    if day > today:
        return Denied(_("This day is still to come."))
    if day < OLDEST:
        return Denied(_("The day lies before %(year)d: check the year.") % {"year": OLDEST.year})
    if first_check is not None and day > first_check:
        return Denied(_("The tool was calibrated before that day, on %(day)s.") % {"day": first_check})
    return ALLOWED


def may_measure(number: str, state: str, calibration: CalibrationState) -> Verdict:
    """Whether a tool may be used on a job and named on its sheet (R179, R209)."""
    if state != ToolState.IN_USE:
        words = {"tool": number, "state": ToolState(state).label}
        return Denied(_("%(tool)s cannot be used: it is “%(state)s”.") % words)
    if calibration not in MEASURES:
        words = {"tool": number, "state": calibration.label}
        return Denied(_("%(tool)s cannot be used: “%(state)s”.") % words)
    return ALLOWED


def may_change(state: str) -> Verdict:
    """Whether holder, outlet and words of a tool may still change: what is retired stays as it was (R179)."""
    if state != ToolState.RETIRED:
        return ALLOWED
    return Denied(_("A retired tool stays as it is: register it anew if it is in use again."), wrong_state=True)


def may_become(state: str, target: str) -> Verdict:
    """Whether a keeper may put a tool from one state into another (R179)."""
    if target not in ToolState.values:
        return Denied(_("There is no such state."))
    if target == state:
        return Denied(_("It is “%(state)s” already.") % {"state": ToolState(state).label}, wrong_state=True)
    if target in MOVES[state]:
        return ALLOWED
    return Denied(_("A retired tool stays retired: register it anew."), wrong_state=True)


def is_asked(lines: Iterable[int], tiers: Iterable[str], of_lines: Iterable[int], of_tiers: Iterable[str]) -> bool:
    """Whether a type is required of an outlet: one of its product lines or tiers is the outlet's (R179).

    A type that names neither is in the catalogue only: an outlet may have it, none must.
    """
    return bool(set(lines) & set(of_lines)) or bool(set(tiers) & set(of_tiers))


def need_state(wanted: int, there: int, calibrated: int) -> NeedState:
    """How a need stands: calibrated tools meet it, however many others lie beside them uncalibrated (R179)."""
    if there < wanted:
        return NeedState.MISSING
    return NeedState.THERE if calibrated >= wanted else NeedState.LATE


def may_keep(role: Role | None) -> Verdict:
    """Whether the role registers tools and records calibrations (R179)."""
    return ALLOWED if role in KEEPERS else Denied(_("The partner's manager keeps the list of tools."))


def may_list(role: Role | None) -> Verdict:
    """Whether the role keeps the catalogue and rejects calibration records (R179)."""
    return ALLOWED if role in LISTERS else Denied(_("The brand's technical department does this."))
