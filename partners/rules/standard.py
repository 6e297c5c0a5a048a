"""Rules of standards and bulletins: notice before a major change, bounds of regional adjustment, who publishes what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from partners.choices.standard import PublicationKind, ReleaseState
from portal.accounts.roles import Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: A major change is announced so many days before it takes effect (R226).
NOTICE_DAYS = 10
#: Days after the effective day without 'read and understood' before the manager is reminded, and between reminders.
REMIND_AFTER, REMIND_EVERY = timedelta(days=3), timedelta(days=7)

#: Who writes and releases which kind; brand managers all of them (roles.md: technical edits bulletins).
PUBLISHERS: Mapping[str, frozenset[Role]] = {
    PublicationKind.STANDARD: frozenset({Role.BRAND_MANAGER, Role.SYSTEM}),
    PublicationKind.PRODUCT: frozenset({Role.BRAND_MANAGER, Role.TECHNICAL, Role.MARKETING, Role.SYSTEM}),
    PublicationKind.TECHNICAL: frozenset({Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM}),
    PublicationKind.POLICY: frozenset({Role.BRAND_MANAGER, Role.SYSTEM}),
}
EDITORS = frozenset().union(*PUBLISHERS.values()) - {Role.SYSTEM}
#: Partners may say what they think of these (R227, R041).
OPEN_TO_OPINIONS = frozenset({ReleaseState.ANNOUNCED, ReleaseState.IN_FORCE})


@dataclass(frozen=True, slots=True)
class ClauseText:
    """What of a clause decides whether it changed."""

    number: str
    title: str
    text: str
    core: bool
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One clause of two versions: `before` or `after` is None where the clause is new or gone."""

    number: str
    before: ClauseText | None
    after: ClauseText | None

    @property
    def core(self) -> bool:
        return any(side is not None and side.core for side in (self.before, self.after))


def may_publish(role: Role | None, kind: str) -> Verdict:
    """Whether the role writes and releases texts of that kind (R036, R039)."""
    if role in PUBLISHERS[kind]:
        return ALLOWED
    return Denied(_("Your department does not release texts of this kind."))


def changes(before: Iterable[ClauseText], after: Iterable[ClauseText]) -> list[Change]:
    """What differs, in the order of the new version, then what is gone (R104)."""
    old, new = {clause.number: clause for clause in before}, {clause.number: clause for clause in after}
    found = [Change(number, old.get(number), clause) for number, clause in new.items() if old.get(number) != clause]
    return found + [Change(number, clause, None) for number, clause in old.items() if number not in new]


def is_major(found: Iterable[Change]) -> bool:
    """A change of any core clause is major whatever its author calls it (R100, R226)."""
    return any(change.core for change in found)


def earliest_effective(announced: date, *, major: bool) -> date:
    """The first day on which a release announced on that day may take effect (R226)."""
    return announced + timedelta(days=NOTICE_DAYS) if major else announced


def adjustable(clause_core: bool, value: Decimal | None) -> Verdict:
    """Whether a region may adjust the clause at all: core clauses hold everywhere (R100, R101)."""
    if clause_core:
        return Denied(_("This is a core clause: it holds in every region as it is."))
    if value is None:
        return Denied(_("This clause has no figure that could be adjusted."))
    return ALLOWED


def within_bounds(value: Decimal, lowest: Decimal | None, highest: Decimal | None) -> Verdict:
    """Whether an adjusted figure keeps to the bounds of its clause, both ends included (R101)."""
    if lowest is not None and value < lowest:
        return Denied(_("The figure must be at least %(bound)s.") % {"bound": written(lowest)})
    if highest is not None and value > highest:
        return Denied(_("The figure may be at most %(bound)s.") % {"bound": written(highest)})
    return ALLOWED


def written(value: Decimal) -> str:
    """A figure without trailing zeros: 48, not 48.00 (R005)."""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


def reminder_due(effective_on: date, reminded_on: date | None, today: date) -> bool:
    """Whether a partner that has not said 'read and understood' is to be reminded today (R147)."""
    if reminded_on is not None:
        return today - reminded_on >= REMIND_EVERY
    return today - effective_on >= REMIND_AFTER
