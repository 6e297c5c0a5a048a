"""How long things took: number, median, 90th percentile, shares within a limit (R102, I08)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

HOUR_MS = 3_600_000
WITHIN = (24, 48, 72)
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Distribution:
    """Hours with six places; counts of values up to and including each limit."""

    n: int
    median: Decimal | None
    p90: Decimal | None
    within_24h: int
    within_48h: int
    within_72h: int

    def as_dict(self) -> dict[str, object]:
        """The shape that `figures --json` promises."""
        return {
            "n": self.n,
            "median": None if self.median is None else float(self.median),
            "p90": None if self.p90 is None else float(self.p90),
            "within_24h": self.within_24h,
            "within_48h": self.within_48h,
            "within_72h": self.within_72h,
        }

    def share(self, count: int) -> Decimal | None:
        """A count as a ratio of all values; None without values."""
        return (Decimal(count) / self.n).quantize(PLACES) if self.n else None

    @property
    def shares(self) -> list[tuple[int, int, Decimal | None]]:
        """(hours, count, ratio) for each limit."""
        counts = (self.within_24h, self.within_48h, self.within_72h)
        return [(limit, count, self.share(count)) for limit, count in zip(WITHIN, counts, strict=True)]


EMPTY = Distribution(0, None, None, 0, 0, 0)


def percentile(ordered: Sequence[int], fraction: Fraction) -> Fraction | None:
    """Linear interpolation between neighbours of an ordered row, as PostgreSQL's percentile_cont (R102)."""
    if not ordered:
        return None
    place = (len(ordered) - 1) * fraction
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def hours(milliseconds: Fraction | float | None) -> Decimal | None:
    """Milliseconds as hours with six places (R102)."""
    if milliseconds is None:
        return None
    exact = Fraction(milliseconds) / HOUR_MS
    return (Decimal(exact.numerator) / exact.denominator).quantize(PLACES)


def distribution(milliseconds: Iterable[int]) -> Distribution:
    """The distribution of some durations; the slow reference that the query must equal (R102)."""
    ordered = sorted(milliseconds)
    within = [sum(1 for value in ordered if value <= limit * HOUR_MS) for limit in WITHIN]
    middle, high = (percentile(ordered, Fraction(part, 10)) for part in (5, 9))
    return Distribution(len(ordered), hours(middle), hours(high), *within)
