"""`{% load pdf %}`: the parts of paper."""

from typing import Any

import segno
from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from portal.kernel import clock

register = template.Library()


@register.simple_tag
def qr(text: Any) -> SafeString:
    """`{% qr url %}`: a QR code as an inline drawing."""
    code = segno.make(str(text), error="m", micro=False)
    return mark_safe(code.svg_inline(scale=4, border=0, omitsize=True, svgclass="qr", lineclass=None))


@register.simple_tag
def tick(checked: Any, label: Any) -> SafeString:
    """`{% tick form.solved "是" %}`: a box as on the paper form, ticked or empty."""
    return format_html('<span class="choice"><span class="box">{}</span>{}</span>', "✓" if checked else "", label)


@register.simple_tag
def ticks(choices: Any, value: Any) -> SafeString:
    """`{% ticks Category.choices record.category %}`: all choices, the chosen one ticked."""
    return format_html_join("", "{}", ((tick(str(code) == str(value), label),) for code, label in choices))


@register.simple_tag
def score(value: Any, out_of: int = 5) -> SafeString:
    """`{% score 4 %}`: boxes 1 to 5 with the given one ticked."""
    return format_html_join("", "{}", ((tick(str(n) == str(value), n),) for n in range(1, out_of + 1)))


@register.filter
def paper_time(value: Any, pattern: str = "%Y-%m-%d %H:%M") -> str:
    """A moment or date as it is written on paper, in Asia/Shanghai; nothing for None."""
    if not value:
        return ""
    if hasattr(value, "hour"):
        return clock.local(value).strftime(pattern)
    return value.strftime("%Y-%m-%d")
