"""Tabler icons as inline SVG: only what a page draws reaches the reader, and colours follow the text."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

#: Shown for an unknown name, and for every name until `npm run build` has run.
UNKNOWN = '<circle cx="12" cy="12" r="3"/>'


@lru_cache(maxsize=1)
def shapes() -> dict[str, dict[str, str]]:
    """Style → name → the inner marks of a 24 × 24 drawing."""
    path = Path(getattr(settings, "ICONS_FILE", settings.BASE_DIR / "var" / "icons" / "icons.json"))
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"outline": {}, "filled": {}}


def draw(name: str, extra_class: str = "", filled: bool = False, title: str = "") -> SafeString:
    """The icon as an <svg>; hidden from screen readers unless it has a title."""
    if not title:
        return _silent(name, extra_class, filled)
    named = format_html('role="img" aria-label="{}"', title)
    return _svg(name, extra_class, filled, named, format_html("<title>{}</title>", title))


@lru_cache(maxsize=512)
def _silent(name: str, extra_class: str, filled: bool) -> SafeString:
    return _svg(name, extra_class, filled, mark_safe('aria-hidden="true"'), "")


def _svg(name: str, extra_class: str, filled: bool, role: str, words: str) -> SafeString:
    marks = shapes()["filled" if filled else "outline"].get(name, UNKNOWN)
    paint = 'fill="currentColor"' if filled else 'fill="none" stroke="currentColor"'
    return format_html(
        '<svg class="icon {}" viewBox="0 0 24 24" {} stroke-linecap="round" stroke-linejoin="round" {}>{}{}</svg>',
        extra_class,
        mark_safe(paint),
        role,
        words,
        mark_safe(marks),
    )


def is_known(name: str) -> bool:
    """Does Tabler have this icon? True while the icons are not built."""
    return not shapes()["outline"] or name in shapes()["outline"]
