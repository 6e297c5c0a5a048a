"""Lines of the quarterly report's tables: figures against target and history, groups of tickets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from kpi.choices import Outcome
from kpi.queries.breakdown import UNNAMED, Group, share
from kpi.queries.figures import Figures
from kpi.rules.distribution import Distribution
from kpi.rules.figure import Figure, percent
from kpi.rules.metric import METRICS
from portal.kernel.quarter import Quarter

#: Lines of a table of groups; what lies beyond is summed up in one sentence (a long table costs minutes).
MOST_GROUPS = 14
CLASSES = {Outcome.MET: "good", Outcome.MISSED: "bad", Outcome.TOO_FEW: "warn"}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: its value against the target, and its value in earlier quarters, the oldest first."""

    figure: Figure
    history: list[str]

    @property
    def css(self) -> str:
        return CLASSES.get(self.figure.outcome, "soft")

    @property
    def counts(self) -> str:
        return f"{self.figure.numerator:,} / {self.figure.denominator:,}" if self.figure.denominator else "—"


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One group: how many tickets, how well, how long."""

    label: Any
    tickets: int
    share: str
    resolved: str
    response: str
    resolution: str
    median: str
    p90: str
    satisfaction: str


@dataclass(frozen=True, slots=True)
class GroupTable:
    """A table of groups; `rest` says how much it leaves out."""

    title: Any
    lines: list[GroupLine]
    rest: str = ""
    rated: bool = False

    @property
    def says_nothing(self) -> bool:
        """All tickets in one group without a name: nobody recorded it."""
        return len(self.lines) == 1 and self.lines[0].label == UNNAMED


def figure_lines(found: Figures, past: Mapping[Quarter, Group], quarters: Sequence[Quarter]) -> list[FigureLine]:
    """All figures in the order of the registry."""
    return [
        FigureLine(found.figures[code], [_then(past.get(quarter), code) for quarter in quarters]) for code in METRICS
    ]


def _then(group: Group | None, code: str) -> str:
    return group.figures[code].percent if group else "—"


def outcomes(lines: Iterable[FigureLine]) -> list[tuple[Any, int, str]]:
    """(word, number, class) of each outcome that occurs."""
    found = [line.figure.outcome for line in lines]
    return [(kind.label, found.count(kind), CLASSES.get(kind, "soft")) for kind in Outcome if kind in found]


def group_table(title: Any, groups: Sequence[Group], *, rated: bool = False) -> GroupTable:
    """The first groups as lines, the rest as a sentence."""
    whole = sum(group.tickets for group in groups)
    shown, rest = groups[:MOST_GROUPS], groups[MOST_GROUPS:]
    words = ""
    if rest:
        numbers = {"groups": len(rest), "tickets": f"{sum(group.tickets for group in rest):,}"}
        words = _("%(groups)d more with %(tickets)s tickets together are not listed.") % numbers
    return GroupTable(title, [group_line(group, whole) for group in shown], words, rated)


def group_line(group: Group, whole: int) -> GroupLine:
    """A group in words."""
    spread = group.distributions["resolution_hours"]
    return GroupLine(
        label=group.label,
        tickets=group.tickets,
        share=percent(share(group.tickets, whole)),
        resolved=group.figures["resolution_rate"].percent,
        response=group.figures["response_on_time"].percent,
        resolution=group.figures["resolution_on_time"].percent,
        median=hours(spread.median),
        p90=hours(spread.p90),
        satisfaction=group.figures["csat"].percent,
    )


def hours(value: Decimal | None) -> str:
    """'30.8 h'; minutes below an hour, days from four days on; a dash for nothing."""
    if value is None:
        return "—"
    if value < 1:
        return _("%(n)s min") % {"n": f"{value * 60:.0f}"}
    return _("%(n)s d") % {"n": f"{value / 24:.1f}"} if value >= 96 else _("%(n)s h") % {"n": f"{value:.1f}"}


def spread_line(label: Any, spread: Distribution) -> dict[str, Any]:
    """A distribution in words."""
    within = [f"{percent(ratio)}" for _limit, _count, ratio in spread.shares]
    return {
        "label": label,
        "n": f"{spread.n:,}",
        "median": hours(spread.median),
        "p90": hours(spread.p90),
        "within": within,
    }
