"""The agenda of a meeting as page and paper show it: each figure with the one before and two small bars (R225)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from partners.choices.cooperation import PlanStage
from partners.models import AgendaItem, Decision, Meeting, Partner, Topic
from partners.queries.agenda import lists_rows
from partners.rules.agenda import label_of
from partners.rules.meeting import before
from portal.accounts.actor import Actor

#: The brand, which reads everybody's rows, is shown so many of an item.
MOST = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One figure; `arrow` is where the number went, 'up', 'down' or ''; `trend` whether that is 'better' or 'worse'.

    The bars are per cent of the larger of the two.
    """

    label: str
    value: str
    before: str
    arrow: str
    trend: str
    bar: int
    bar_before: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its lines, what the reader may see of its rows, its topics and what was decided."""

    row: AgendaItem
    lines: list[Line]
    listed: str
    note: str
    topics: list[Topic]
    decisions: list[Decision]


def shown(meeting: Meeting, actor: Actor) -> list[Item]:
    """The agenda in order, as this reader may see it: rows of other companies are not for partners (A01)."""
    topics: dict[int | None, list[Topic]] = {}
    for topic in meeting.topics.select_related("partner"):
        topics.setdefault(topic.item_id, []).append(topic)
    decisions: dict[int | None, list[Decision]] = {}
    for decision in meeting.decisions.select_related("owner", "task"):
        decisions.setdefault(decision.item_id, []).append(decision)
    own, alone = _own(actor), meeting.partners.count() == 1
    return [
        Item(
            row,
            [line(figure) for figure in row.figures],
            _listed(row.rows or [], own),
            row.note if own is None or alone or not _of_old(row) else "",
            topics.get(row.pk, []),
            decisions.get(row.pk, []),
        )
        for row in meeting.items.all()
    ]


def _own(actor: Actor) -> set[int] | None:
    """The partner whose rows somebody may read; None: everybody's."""
    if actor.is_brand or actor.is_auditor:
        return None
    return set(Partner.objects.filter(organisation=actor.organisation_id).values_list("pk", flat=True))


def _of_old(row: AgendaItem) -> bool:
    """Whether the note may be a list of everybody's rows, as it was filled before rows were kept by company."""
    return row.rows is None and lists_rows(row.source)


def _listed(rows: list[dict[str, Any]], own: set[int] | None) -> str:
    """The rows that somebody may read, a line each, in his language."""
    seen = [row for row in rows if own is None or row["partner"] in own]
    lines = [_in_words(row) for row in seen[:MOST]]
    if len(seen) > MOST:
        lines.append(_("… and %(n)d more rows") % {"n": len(seen) - MOST})
    return "\n".join(lines)


def _in_words(row: dict[str, Any]) -> str:
    stage = PlanStage(row["stage"]).label if "stage" in row else ""
    return " · ".join(str(part) for part in (row.get("day"), row["title"], row.get("who"), stage) if part)


def other_decisions(meeting: Meeting) -> list[Decision]:
    """What was decided under no item."""
    return list(meeting.decisions.filter(item=None).select_related("owner", "task"))


def compared_with(meeting: Meeting) -> str:
    """The days before, in words."""
    return " – ".join(map(str, before(meeting.period_first, meeting.figures_until)))


def line(figure: dict[str, Any]) -> Line:
    """One stored figure as it is drawn."""
    now, earlier = _number(figure["value"]), _number(figure["before"])
    arrow = _arrow(now, earlier)
    largest = max(now or Decimal(), earlier or Decimal())
    return Line(
        label_of(figure),
        _written(figure["value"], figure["unit"]),
        _written(figure["before"], figure["unit"]),
        arrow,
        _trend(arrow, figure["good"]),
        _bar(now, largest),
        _bar(earlier, largest),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _written(text: str | None, unit: str) -> str:
    return "—" if text is None else f"{text} {unit}".strip() if unit != "%" else f"{text}%"


def _bar(value: Decimal | None, largest: Decimal) -> int:
    return round(value * 100 / largest) if value and largest > 0 else 0


def _arrow(now: Decimal | None, earlier: Decimal | None) -> str:
    if now is None or earlier is None or now == earlier:
        return ""
    return "up" if now > earlier else "down"


def _trend(arrow: str, good: str) -> str:
    if not arrow or not good:
        return ""
    return "better" if arrow == good else "worse"
