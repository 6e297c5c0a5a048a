"""Charts as SVG for PDFs and pages: the same input draws the same bytes, without script, style sheet or address.

Values are int, float or Decimal; None leaves a gap. All texts are escaped. `unit` is written behind each number.
"""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

from django.utils.safestring import SafeString

from portal.pdf.svg import COLOURS, FAINT, GRID, TARGET, TEXT, Canvas, Number, plain, shorten, text_width, ticks

Values = Sequence[Number | None]
WIDTH, LEFT, RIGHT, TOP, BOTTOM = 720.0, 52.0, 16.0, 34.0, 30.0


def line(
    labels: Sequence[object], series: Mapping[str, Values], *, unit: str = "", target: Number | None = None,
    target_label: str = "", title: str = "", height: float = 260, low: Number | None = None, high: Number | None = None,
    width: float = WIDTH,
) -> SafeString:  # fmt: skip
    """Lines over `labels` (quarters, months); `target` draws a dashed level."""
    canvas = Canvas(width, height, title)
    seen = [float(v) for values in series.values() for v in values if v is not None] or [0.0, 1.0]
    if target is not None:
        seen.append(float(target))
    floor_ = float(low) if low is not None else min(0.0, *seen) if max(seen) > 3 * min(seen) else min(seen) * 0.98
    scale = _axis(canvas, floor_, float(high) if high is not None else max(seen), unit)
    xs = _columns(canvas, labels)
    if target is not None:
        _target(canvas, scale(float(target)), target_label or plain(target, unit))
    for n, values in enumerate(series.values()):
        _draw_line(canvas, xs, values, scale, COLOURS[n % len(COLOURS)], unit, numbers=len(series) <= 2)
    _legend(canvas, list(series))
    return canvas.svg()


def bar(
    labels: Sequence[object], values: Values, *, unit: str = "", target: Number | None = None, target_label: str = "",
    title: str = "", height: float = 240, colour: str = COLOURS[0], width: float = WIDTH,
) -> SafeString:  # fmt: skip
    """One upright bar for each label."""
    canvas = Canvas(width, height, title)
    seen = [float(v) for v in values if v is not None] + ([float(target)] if target is not None else [])
    scale = _axis(canvas, 0.0, max(seen, default=1.0), unit, top=20)
    xs = _columns(canvas, labels)
    thick = min(46.0, (width - LEFT - RIGHT) / max(len(labels), 1) * 0.56)
    for x, value in zip(xs, values, strict=True):
        if value is not None:
            y = scale(float(value))
            canvas.rect(x - thick / 2, y, thick, scale(0.0) - y, colour, 2)
            canvas.text(x, y - 5, plain(value, unit), size=11, anchor="middle", bold=True)
    if target is not None:
        _target(canvas, scale(float(target)), target_label or plain(target, unit))
    return canvas.svg()


def stacked(
    labels: Sequence[object], series: Mapping[str, Values], *, unit: str = "", title: str = "", height: float = 260,
    colours: Sequence[str] = COLOURS, width: float = WIDTH,
) -> SafeString:  # fmt: skip
    """One upright bar for each label, divided by series."""
    canvas = Canvas(width, height, title)
    totals = [sum(float(values[n] or 0) for values in series.values()) for n in range(len(labels))]
    scale = _axis(canvas, 0.0, max(totals, default=1.0), unit)
    xs = _columns(canvas, labels)
    thick = min(52.0, (width - LEFT - RIGHT) / max(len(labels), 1) * 0.56)
    for n, x in enumerate(xs):
        base = 0.0
        for k, values in enumerate(series.values()):
            part = float(values[n] or 0)
            if part:
                top, bottom = scale(base + part), scale(base)
                canvas.rect(x - thick / 2, top, thick, bottom - top, colours[k % len(colours)])
                if bottom - top > 15:
                    canvas.text(x, (top + bottom) / 2 + 4, plain(values[n]), size=10.5, anchor="middle", fill="#ffffff")
            base += part
        canvas.text(x, scale(base) - 5, plain(round(base, 2)), size=11, anchor="middle", bold=True)
    _legend(canvas, list(series), colours)
    return canvas.svg()


def donut(
    parts: Mapping[str, Number], *, unit: str = "", title: str = "", centre: str = "", centre_label: str = "",
    colours: Sequence[str] = COLOURS, width: float = 460, height: float = 200,
) -> SafeString:  # fmt: skip
    """Shares of a whole: a ring with its legend, the sum in the middle unless `centre` says otherwise."""
    canvas = Canvas(width, height, title)
    total = float(sum(parts.values()))
    x, y, radius = height / 2, height / 2, height / 2 - 10
    canvas.circle(x, y, radius * 0.81, "none", GRID, radius * 0.38) if not total else None
    start = 0.0
    for n, value in enumerate(parts.values()):
        share = float(value) / total if total else 0.0
        if share:
            canvas.path(_ring(x, y, radius, radius * 0.62, start, start + share), colours[n % len(colours)])
        start += share
    canvas.text(x, y + 4, centre or plain(sum(parts.values()), unit), size=22, anchor="middle", bold=True)
    canvas.text(x, y + 22, centre_label, size=11, anchor="middle", fill=FAINT)
    left, gap = height + 14, min(26.0, (height - 20) / max(len(parts), 1))
    top = y - gap * (len(parts) - 1) / 2
    for n, (label, value) in enumerate(parts.items()):
        row = top + n * gap
        share_words = f"{float(value) / total * 100:.1f}%" if total else "–"
        canvas.rect(left, row - 8, 10, 10, colours[n % len(colours)], 2)
        canvas.text(left + 16, row + 1, shorten(label, width - left - 122), size=12)
        canvas.text(width - 56, row + 1, plain(value, unit), size=12, anchor="end", bold=True)
        canvas.text(width - 4, row + 1, share_words, size=11, anchor="end", fill=FAINT)
    return canvas.svg()


def against_target(
    rows: Sequence[tuple[object, Number | None, Number | None]], *, unit: str = "", title: str = "",
    high: Number | None = None, higher_is_better: bool = True, width: float = WIDTH,
) -> SafeString:  # fmt: skip
    """Level bars (label, value, target): the mark is the target, a missed one is red."""
    step, top = 27.0, 8.0
    canvas = Canvas(width, top + step * max(len(rows), 1) + 4, title)
    numbers = [float(n) for _, value, target in rows for n in (value, target) if n is not None]
    most = float(high) if high is not None else max(numbers, default=1.0) or 1.0
    room = min(max((text_width(label) for label, _, _ in rows), default=60) + 10, width * 0.34)
    tail = 118.0
    length = width - room - tail
    for n, (label, value, target) in enumerate(rows):
        y = top + n * step
        canvas.text(room - 10, y + 14, shorten(label, room - 10), anchor="end")
        canvas.rect(room, y + 3, length, 15, GRID, 3, faint=True)
        missed = value is not None and target is not None and (value < target) == higher_is_better and value != target
        if value is not None:
            canvas.rect(room, y + 3, length * min(float(value) / most, 1), 15, TARGET if missed else COLOURS[0], 3)
        if target is not None:
            at = room + length * min(float(target) / most, 1)
            canvas.line(at, y, at, y + 21, TEXT, 2)
        canvas.text(width - tail + 8, y + 15, plain(value, unit), bold=True, fill=TARGET if missed else TEXT)
        canvas.text(width - 2, y + 15, f"/ {plain(target, unit)}" if target is not None else "", size=11, anchor="end",
                    fill=FAINT)  # fmt: skip
    return canvas.svg()


def bars(
    rows: Sequence[tuple[object, Number | None]], *, unit: str = "", title: str = "", width: float = WIDTH
) -> SafeString:
    """Level bars without a target, for rankings."""
    return against_target([(label, value, None) for label, value in rows], unit=unit, title=title, width=width)


def _axis(canvas: Canvas, low: float, high: float, unit: str, top: float = 0.0):  # noqa: ANN202
    marks = ticks(low, high)
    upper, lower = TOP + top * 0.3, canvas.height - BOTTOM
    reach = (marks[-1] - marks[0]) or 1

    def scale(value: float) -> float:
        return lower - (value - marks[0]) / reach * (lower - upper)

    for mark in marks:
        canvas.line(LEFT, scale(mark), canvas.width - RIGHT, scale(mark), GRID, 0.8 if mark != marks[0] else 1.4)
        canvas.text(LEFT - 8, scale(mark) + 4, plain(mark, unit), size=11, anchor="end", fill=FAINT)
    return scale


def _columns(canvas: Canvas, labels: Sequence[object]) -> list[float]:
    step = (canvas.width - LEFT - RIGHT) / max(len(labels), 1)
    xs = [LEFT + step * (n + 0.5) for n in range(len(labels))]
    # Where labels would touch, every second (third …) is written.
    widest = max((text_width(label, 11.5) for label in labels), default=0)
    every = max(1, -int(-min(widest + 8, 140) // step))
    for n, (x, label) in enumerate(zip(xs, labels, strict=True)):
        if n % every == 0:
            words = shorten(label, step * every - 4, 11.5)
            canvas.text(x, canvas.height - BOTTOM + 18, words, size=11.5, anchor="middle", fill=FAINT)
    return xs


def _draw_line(canvas: Canvas, xs, values: Values, scale, colour: str, unit: str, numbers: bool) -> None:  # noqa: ANN001
    run: list[tuple[float, float]] = []
    points = [(x, scale(float(v)), v) for x, v in zip(xs, values, strict=True) if v is not None]
    for x, value in zip(xs, values, strict=True):
        if value is None:
            canvas.polyline(run, colour) if len(run) > 1 else None
            run = []
        else:
            run.append((x, scale(float(value))))
    if len(run) > 1:
        canvas.polyline(run, colour)
    for x, y, value in points:
        canvas.circle(x, y, 3.6, "#ffffff", colour, 2)
        if numbers and len(points) <= 13:
            canvas.text(x, y - 9, plain(value, unit), size=11, anchor="middle", fill=colour, bold=True)


def _target(canvas: Canvas, y: float, words: str) -> None:
    canvas.line(LEFT, y, canvas.width - RIGHT, y, TARGET, 1.3, "6 4")
    canvas.text(canvas.width - RIGHT, y - 5, words, size=10.5, anchor="end", fill=TARGET)


def _legend(canvas: Canvas, names: Sequence[str], colours: Sequence[str] = COLOURS) -> None:
    if len(names) < 2:
        return
    x = LEFT
    for n, name in enumerate(names):
        canvas.rect(x, 6, 11, 11, colours[n % len(colours)], 2)
        canvas.text(x + 16, 16, name, size=12)
        x += 34 + text_width(name)


def _ring(x: float, y: float, outer: float, inner: float, start: float, end: float) -> str:
    end = min(end, start + 0.99999)  # an arc of the whole circle would draw nothing
    a, b = (start - 0.25) * 2 * pi, (end - 0.25) * 2 * pi
    large = 1 if end - start > 0.5 else 0
    corner = [(x + r * cos(t), y + r * sin(t)) for r, t in ((outer, a), (outer, b), (inner, b), (inner, a))]
    (x1, y1), (x2, y2), (x3, y3), (x4, y4) = corner
    return (
        f"M{x1:.2f} {y1:.2f}A{outer:.2f} {outer:.2f} 0 {large} 1 {x2:.2f} {y2:.2f}"
        f"L{x3:.2f} {y3:.2f}A{inner:.2f} {inner:.2f} 0 {large} 0 {x4:.2f} {y4:.2f}Z"
    )
