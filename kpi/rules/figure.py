"""One figure: numerator, denominator, and what they say against the target (R014, R102, R183)."""

from dataclasses import dataclass
from decimal import Decimal

from kpi.choices import Direction, Outcome
from kpi.rules.metric import Metric

#: A single figure with fewer cases neither passes nor fails.
MINIMUM_SAMPLE = 5
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is a ratio with six places, None without a denominator; `met` is None where nothing can be judged."""

    metric: Metric
    numerator: int
    denominator: int
    value: Decimal | None
    target: Decimal | None
    met: bool | None

    @property
    def outcome(self) -> Outcome:
        """How the figure stands, in one word with a colour."""
        if self.value is None:
            return Outcome.NO_DATA
        if self.target is None:
            return Outcome.NO_TARGET
        if self.met is None:
            return Outcome.TOO_FEW
        return Outcome.MET if self.met else Outcome.MISSED

    @property
    def percent(self) -> str:
        """'96.4 %' with the metric's decimals; a dash without data."""
        return percent(self.value, self.metric.decimals)

    @property
    def goal(self) -> str:
        """'≥ 95 %' or '≤ 2 %'; a dash without a target."""
        if self.target is None:
            return "—"
        sign = "≤" if self.metric.direction == Direction.AT_MOST else "≥"
        return f"{sign} {(self.target * 100).normalize():f}%"

    def as_dict(self) -> dict[str, object]:
        """The shape that `figures --json` promises."""
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "value": None if self.value is None else float(self.value),
            "target": None if self.target is None else float(self.target),
            "met": self.met,
        }


def figure(metric: Metric, numerator: int | None, denominator: int | None, minimum: int = MINIMUM_SAMPLE) -> Figure:
    """A figure from its counts; an empty denominator is 'no data', never 0 % or 100 % (R102)."""
    over, under = numerator or 0, denominator or 0
    if not under:
        return Figure(metric, over, 0, None, metric.target, None)
    value = (Decimal(over) / under).quantize(PLACES)
    return Figure(metric, over, under, value, metric.target, reaches(metric, over, under) if under >= minimum else None)


def reaches(metric: Metric, numerator: int, denominator: int) -> bool | None:
    """Whether the exact ratio is on the good side of the target; the target itself is good (R085)."""
    if metric.target is None:
        return None
    limit = metric.target * denominator
    return numerator <= limit if metric.direction == Direction.AT_MOST else numerator >= limit


def percent(value: Decimal | None, decimals: int = 1) -> str:
    """A ratio in per cent, rounded half even; a dash for nothing (R102)."""
    return "—" if value is None else f"{value * 100:.{decimals}f}%"
