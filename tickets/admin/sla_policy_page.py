"""What the pages of a version show: its lines in words, what must be mended, what differs from another."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from portal.accounts.roles import Role
from portal.kernel.words import joined
from tickets.choices import ClockKind, SuspendReason
from tickets.choices.sla_policy import CalendarOf, Evidence
from tickets.models import PolicyLine, PolicyPause, PolicyVersion
from tickets.rules import sla_policy as rules
from tickets.rules.sla_policy.comparing import ADDED, CHANGED, REMOVED, Change, compare
from tickets.rules.sla_policy.wording import limit_in_words, scope_in_words, warnings_in_words


@dataclass(frozen=True, slots=True)
class Row:
    """One line in words; `pk` of the stored line, where there is one to change."""

    scope: str
    limit: str
    clause: str
    text: str
    replaces: str
    core: bool
    warns: str
    calendar: str
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One change in words: what is about, and each term before and after."""

    what: str
    title: str
    clause: str
    terms: list[tuple[Any, str, str]]


def groups(version: PolicyVersion) -> list[tuple[Any, list[Row]]]:
    """The lines by clock, in the order of the clocks."""
    lines = list(version.lines.order_by("code"))
    kinds = [kind for kind in ClockKind if any(line.kind == kind for line in lines)]
    return [(kind, [row_of(line.as_rule(), line.pk) for line in lines if line.kind == kind]) for kind in kinds]


def row_of(line: rules.PolicyLine, pk: int | None = None) -> Row:
    return Row(
        scope_in_words(line),
        limit_in_words(line.limit, line.unit),
        line.clause,
        line.clause_text,
        line.replaces,
        line.core,
        warnings_in_words(line.warn_at),
        str(CalendarOf(line.calendar).label) if line.working else "—",
        pk,
    )


def pauses(version: PolicyVersion) -> list[tuple[PolicyPause, str, str]]:
    """Each rule of suspension with its cap and its users in words."""
    rows = version.pauses.order_by("pk")
    return [(row, cap_in_words(row.as_rule().cap), roles_in_words(frozenset(row.roles))) for row in rows]


def cap_in_words(cap: timedelta | None) -> str:
    if cap is None:
        return _("no limit")
    hours = cap // timedelta(hours=1)
    return limit_in_words(hours // 24, "day") if hours % 24 == 0 else limit_in_words(hours, "hour")


def roles_in_words(roles: frozenset[str]) -> str:
    return joined(str(Role(role).label) for role in sorted(roles)) or _("whoever may suspend")


def differences(old: rules.Policy, new: rules.Policy) -> list[tuple[Any, list[Difference]]]:
    """What changed from the one to the other, by clock; rules of suspension last."""
    found: dict[Any, list[Difference]] = {}
    for change in compare(old, new):
        title = ClockKind(change.kind).label if change.kind else _("Suspension")
        found.setdefault(title, []).append(_difference(change))
    return list(found.items())


def count(found: list[tuple[Any, list[Difference]]]) -> dict[str, int]:
    """How many lines were added, removed and changed."""
    said = [difference.what for _title, rows in found for difference in rows]
    return {what: said.count(what) for what in (ADDED, REMOVED, CHANGED)}


def _difference(change: Change) -> Difference:
    known = change.after or change.before
    if isinstance(known, rules.PauseRule):
        title, clause = str(SuspendReason(known.reason).label), ""
    else:
        title, clause = scope_in_words(known), known.clause  # type: ignore[union-attr]
    return Difference(change.what, title, clause, _terms(change))


def _terms(change: Change) -> list[tuple[Any, str, str]]:
    before, after = (_in_words(side) for side in (change.before, change.after))
    if change.fields:
        names = dict.fromkeys("limit" if name == "unit" else name for name in change.fields)
        return [(_label(name), before[name], after[name]) for name in names]
    said = [name for name in (before or after) if (before or after)[name] not in ("", "—")]
    return [(_label(name), before.get(name, ""), after.get(name, "")) for name in said]


def _in_words(side: Any) -> dict[str, str]:
    if side is None:
        return {}
    if isinstance(side, rules.PauseRule):
        return {
            "credited": _yes(side.credited),
            "cap": cap_in_words(side.cap),
            "roles": roles_in_words(side.roles),
            "evidence": str(Evidence(side.evidence).label) if side.evidence else "—",
            "excuses_updates": _yes(side.excuses_updates),
        }
    row = row_of(side)
    return {
        "limit": row.limit,
        "clause_text": row.text,
        "replaces": row.replaces,
        "core": _yes(row.core),
        "calendar": str(CalendarOf(side.calendar).label),
        "warn_at": row.warns,
    }


def _label(name: str) -> Any:
    if name == "cap":
        return _("At most")
    model = PolicyPause if name in ("credited", "roles", "evidence", "excuses_updates") else PolicyLine
    return model._meta.get_field(name).verbose_name


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")
