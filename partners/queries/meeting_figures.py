"""The agenda of a meeting as page and paper show it: each figure with the one before and two small bars (R225)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from partners.models import AgendaItem, Decision, Meeting, Topic
from partners.rules.meeting import before


@dataclass(frozen=True, slots=True)
class Line:
    """One figure; `trend` is 'better', 'worse' or ''; the bars are per cent of the larger of the two."""

    label: str
    value: str
    before: str
    trend: str
    bar: int
    bar_before: int


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its lines, its topics and what was decided."""

    row: AgendaItem
    lines: list[Line]
    topics: list[Topic]
    decisions: list[Decision]


def shown(meeting: Meeting) -> list[Item]:
    """The agenda in order."""
    topics: dict[int | None, list[Topic]] = {}
    for topic in meeting.topics.select_related("partner"):
        topics.setdefault(topic.item_id, []).append(topic)
    decisions: dict[int | None, list[Decision]] = {}
    for decision in meeting.decisions.select_related("owner", "task"):
        decisions.setdefault(decision.item_id, []).append(decision)
    return [
        Item(row, [line(figure) for figure in row.figures], topics.get(row.pk, []), decisions.get(row.pk, []))
        for row in meeting.items.all()
    ]


def other_decisions(meeting: Meeting) -> list[Decision]:
    """What was decided under no item."""
    return list(meeting.decisions.filter(item=None).select_related("owner", "task"))


def compared_with(meeting: Meeting) -> str:
    """The days before, in words."""
    return " – ".join(map(str, before(meeting.period_first, meeting.period_last)))


def line(figure: dict[str, Any]) -> Line:
    """One stored figure as it is drawn."""
    now, earlier = _number(figure["value"]), _number(figure["before"])
    largest = max(now or Decimal(), earlier or Decimal())
    return Line(
        figure["label"],
        _written(figure["value"], figure["unit"]),
        _written(figure["before"], figure["unit"]),
        _trend(now, earlier, figure["good"]),
        _bar(now, largest),
        _bar(earlier, largest),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _written(text: str | None, unit: str) -> str:
    return "—" if text is None else f"{text} {unit}".strip() if unit != "%" else f"{text}%"


def _bar(value: Decimal | None, largest: Decimal) -> int:
    return round(value * 100 / largest) if value and largest > 0 else 0


def _trend(now: Decimal | None, earlier: Decimal | None, good: str) -> str:
    if now is None or earlier is None or now == earlier or not good:
        return ""
    return "better" if (now > earlier) == (good == "up") else "worse"
