"""The pencil of the charts: marks with plain attributes, since neither PDF nor page may need a style sheet for them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from math import ceil, floor, log10

from django.utils.safestring import SafeString, mark_safe

from portal.pdf.fonts import STACK

Number = int | float | Decimal
COLOURS = ("#1f5fbf", "#e08a1e", "#17917f", "#8a4fc2", "#c8453b", "#5b6b7d", "#4aa3df", "#a3a52a")
#: Readable on white paper and on a dark page: the text takes the colour around it.
TEXT, FAINT, GRID, TARGET = "currentColor", "#7a8898", "#8a98a8", "#c8453b"


@dataclass
class Canvas:
    """A drawing `width` × `height` in units of about a pixel; every text given to it is escaped."""

    width: float
    height: float
    title: str
    marks: list[str] = field(default_factory=list)

    def rect(self, x: float, y: float, w: float, h: float, fill: str, round_: float = 0, faint: bool = False) -> None:
        # As an opacity, so that the mark is pale on white paper and on a dark page.
        pale = ' fill-opacity="0.2"' if faint else ""
        corner = f' rx="{round_:g}"' if round_ else ""
        self.marks.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(w, 0):.1f}" height="{max(h, 0):.1f}"{corner}'
            f' fill="{fill}"{pale}/>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, stroke: str, w: float = 1, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        pale = ' stroke-opacity="0.45"' if stroke == GRID else ""
        self.marks.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
            f' stroke="{stroke}" stroke-width="{w:g}"{dashes}{pale}/>'
        )

    def polyline(self, points: Sequence[tuple[float, float]], stroke: str, w: float = 2.4) -> None:
        joined = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        self.marks.append(
            f'<polyline points="{joined}" fill="none" stroke="{stroke}" stroke-width="{w:g}"'
            ' stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def circle(self, x: float, y: float, r: float, fill: str, stroke: str = "none", w: float = 0) -> None:
        self.marks.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{fill}" stroke="{stroke}" stroke-width="{w:g}"/>'
        )

    def path(self, d: str, fill: str) -> None:
        self.marks.append(f'<path d="{d}" fill="{fill}"/>')

    def text(
        self, x: float, y: float, words: object, *, size: float = 12, anchor: str = "start", fill: str = TEXT,
        bold: bool = False,
    ) -> None:  # fmt: skip
        weight = ' font-weight="700"' if bold else ""
        # A font-family of its own: SVG text does not inherit the page's in every renderer.
        family = escape(STACK, quote=True)
        self.marks.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" font-family="{family}" text-anchor="{anchor}"'
            f' fill="{fill}"{weight}>{escape(str(words))}</text>'
        )

    def svg(self) -> SafeString:
        """The drawing as one <svg> element that scales with its place."""
        name = escape(self.title, quote=True)
        return mark_safe(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn-chart" viewBox="0 0 {self.width:g} {self.height:g}"'
            f' role="img" aria-label="{name}">{"".join(self.marks)}</svg>'
        )


def text_width(words: object, size: float = 12) -> float:
    """About how wide a text is: a Chinese character is square, a Latin one a bit more than half."""
    return sum(size if ord(c) > 0x2E7F else size * 0.57 for c in str(words))


def shorten(words: object, room: float, size: float = 12) -> str:
    """The text, cut with … where it would be wider than `room`."""
    text = str(words)
    if text_width(text, size) <= room:
        return text
    while text and text_width(text + "…", size) > room:
        text = text[:-1]
    return text + "…"


def ticks(low: float, high: float, count: int = 5) -> list[float]:
    """Round numbers from at or below `low` to at or above `high`."""
    if high <= low:
        high = low + 1
    rough = (high - low) / count
    unit = 10 ** floor(log10(rough))
    step = next(unit * k for k in (1, 2, 2.5, 5, 10) if unit * k >= rough * 0.999)
    first, last = floor(low / step), ceil(round(high / step, 9))
    return [round(step * n, 10) for n in range(first, last + 1)]


def plain(value: Number | None, unit: str = "") -> str:
    """A number as it is written at a mark: at most two decimals, thousands with a comma."""
    if value is None:
        return "–"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text}{unit}"
