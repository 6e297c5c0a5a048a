"""What a contract's clauses come to: damages, rebates, days (R031–R033). Sums are yuan, rates Decimal."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from django.utils.translation import gettext as _

from partners.choices.contract import ClauseKind, IncentiveKind, PenaltyBasis, VersionState
from portal.accounts.roles import Role
from portal.kernel.money import yuan
from portal.kernel.verdict import ALLOWED, Denied, Verdict, first_denied

#: Days before the end on which brand manager and partner manager are warned, once each.
WARN_DAYS = (90, 30, 7)
#: States of a version that binds, or did on its days.
BINDING = (VersionState.SIGNED, VersionState.IN_FORCE, VersionState.SUPERSEDED)
#: States of a version that is still being made: there is one of them at most.
IN_THE_MAKING = (VersionState.DRAFT, VersionState.LEGAL_REVIEW, VersionState.CLEARED)
_HUNDRED = Decimal(100)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


def damages(
    basis: str, rate: Decimal, cap: Decimal | None, *, late: timedelta = timedelta(), fee: Decimal = Decimal(0)
) -> Decimal:
    """Liquidated damages of one case in yuan, whole fen, never above the cap (R033).

    `late` counts in begun hours or days; `fee` is that of the case or of the quarter, as the basis says.
    """
    units = {PenaltyBasis.PER_HOUR_LATE: _begun(late, _HOUR), PenaltyBasis.PER_DAY_LATE: _begun(late, _DAY)}
    percent = basis in (PenaltyBasis.PERCENT_OF_FEE, PenaltyBasis.PERCENT_OF_QUARTER)
    amount = fee * rate / _HUNDRED if percent else rate * units.get(PenaltyBasis(basis), Decimal(1))
    return yuan(amount if cap is None else min(amount, cap))


def rebate(rate: Decimal, cap: Decimal | None, turnover: Decimal) -> Decimal:
    """The rebate on a turnover in yuan, whole fen, never above the cap (R032)."""
    amount = turnover * rate / _HUNDRED
    return yuan(amount if cap is None else min(amount, cap))


def _begun(late: timedelta, unit: timedelta) -> Decimal:
    return (Decimal(max(0, late // timedelta(seconds=1))) / Decimal(unit // timedelta(seconds=1))).to_integral_value(
        ROUND_CEILING
    )


def due_warning(valid_until: date, today: date) -> int | None:
    """Which of the warnings is due: the smallest number of days that has been reached, None before and after."""
    left = (valid_until - today).days
    return next((days for days in sorted(WARN_DAYS) if 0 <= left <= days), None)


def may_begin(kind_is_first: bool, valid_from: date, today: date) -> Verdict:
    """Whether a version signed today may bind from that day: what binds today was known this morning (R031, R049)."""
    if kind_is_first or valid_from > today:
        return ALLOWED
    return Denied(_("An amendment binds from tomorrow at the earliest: tickets of today keep today's clauses."))


def may_review(role: Role | None, user_id: int | None, author_id: int | None) -> Verdict:
    """Whether somebody may clear or return a version: the legal department, and not who wrote it (R038)."""
    return first_denied(
        ALLOWED if role == Role.LEGAL else Denied(_("Only the legal department reviews contracts.")),
        ALLOWED if user_id is None or user_id != author_id else Denied(_("Nobody reviews what he wrote himself.")),
    )


def missing(kinds: Iterable[str]) -> list[str]:
    """What a cooperation agreement must hold and these clauses do not: service level, penalty, incentive (R031)."""
    owed = (ClauseKind.SERVICE_LEVEL, ClauseKind.PENALTY, ClauseKind.INCENTIVE)
    present = set(kinds)
    return [str(kind.label) for kind in owed if kind not in present]


#: Fields that a clause of each kind must fill, beside number, title and text.
FIELDS: dict[str, tuple[str, ...]] = {
    ClauseKind.SERVICE_LEVEL: ("level", "limit", "unit"),
    ClauseKind.PENALTY: ("basis", "rate"),
    ClauseKind.INCENTIVE: ("incentive",),
}
#: Fields that such a clause may fill beside.
MORE_FIELDS: dict[str, tuple[str, ...]] = {
    ClauseKind.SERVICE_LEVEL: ("category", "replaces"),
    ClauseKind.PENALTY: ("cap", "level", "category"),
    ClauseKind.INCENTIVE: ("rate", "cap", "quarters"),
}
SPECIAL = ("level", "category", "limit", "unit", "replaces", "basis", "rate", "cap", "incentive", "quarters")


def needs(kind: str, incentive: str = "") -> tuple[str, ...]:
    """The fields that the clause must fill; a rebate needs its rate, the preferred right none."""
    more = ("rate",) if incentive == IncentiveKind.REBATE else ()
    return FIELDS.get(kind, ()) + more


def foreign(kind: str) -> tuple[str, ...]:
    """The fields that have nothing to say in a clause of this kind."""
    own = FIELDS.get(kind, ()) + MORE_FIELDS.get(kind, ())
    return tuple(name for name in SPECIAL if name not in own)
