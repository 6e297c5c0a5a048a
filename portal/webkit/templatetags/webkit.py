"""`{% load webkit %}`: the parts that pages are made of. Each tag names its component in templates/components/."""

from datetime import datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from portal.kernel.words import joined
from portal.webkit import icons, show, widgets
from portal.webkit.nav import NavItem

register = template.Library()
register.filter("masked_phone", show.masked_phone)
register.filter("span", show.span)
register.filter("listed", joined)


@register.simple_tag
def status_badge(value: Any, choices: Any = None) -> SafeString | str:
    """`{% status_badge ticket.get_state %}`, `{% status_badge ticket.state TicketState %}` or
    `{% status_badge ticket "state" %}`."""
    return show.badge(value, choices)


@register.simple_tag
def icon(name: str, extra_class: str = "", filled: bool = False, title: str = "") -> SafeString:
    """`{% icon "phone" %}`: a Tabler icon in the colour of the text."""
    return icons.draw(str(name), extra_class, filled, title)


@register.simple_tag
def due(deadline: datetime | None, start: datetime | None = None, stopped: datetime | None = None) -> SafeString | str:
    """`{% due clock.due_at clock.started_at clock.stopped_at %}`: a live countdown, or its outcome."""
    return show.due(deadline, start, stopped)


@register.simple_tag
def local_time(value: Any, style: str = "datetime") -> SafeString | str:
    """`{% local_time entry.at "short" %}`: datetime, date, time, short, seconds or long."""
    return show.moment(value, style)


@register.simple_tag
def stars(score: Any) -> SafeString | str:
    """`{% stars rating.overall %}`: five stars with the score for screen readers."""
    if score in (None, ""):
        return ""
    full = round(float(score))
    drawn = [icons.draw("star", "" if n < full else "off", filled=True) for n in range(5)]
    return format_html('<span class="stars-shown" role="img" aria-label="{} / 5">{}{}{}{}{}</span>', score, *drawn)


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: Any) -> str:
    """`href="{% query_string page=2 %}"`: the present query with some parameters changed, None removes one."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def nav_mark(context: Context, item: NavItem) -> SafeString | str:
    """`aria-current="page"` where the entry is the page's own."""
    request = context.get("request")
    return mark_safe('aria-current="page"') if request and item.is_current(request.path) else ""


@register.inclusion_tag("components/field.html")
def field(
    bound: BoundField, *, label: Any = None, help: Any = None, segmented: bool = False, wide: str = "", **attrs: Any
) -> dict[str, Any]:
    """`{% field form.phone %}`: label, control, help and errors. `segmented=True` draws choices as buttons;
    further names become attributes of the control (`inputmode="tel"`, `rows=3`; `_` is written `-`)."""
    return widgets.parts(bound, label=label, help_text=help, segmented=segmented, css=wide, attrs=attrs)


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """`{% form_errors form %}`: what is wrong with the whole form, and a list that leads to the fields."""
    problems = [bound for bound in form.visible_fields() if bound.errors]
    return {"form": form, "problems": problems, "lost_files": bool(form.files)}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Context, page: Page, parameter: str = "page") -> dict[str, Any]:
    """`{% pagination page %}`: links of a Django Page; shows nothing for a single page."""
    numbers = list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
    links = [(n, query_string(context, **{parameter: n}) if isinstance(n, int) else None) for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": query_string(context, **{parameter: page.number - 1}),
        "next": query_string(context, **{parameter: page.number + 1}),
    }


@register.inclusion_tag("components/empty.html")
def empty_state(title: Any, text: Any = "", icon: str = "inbox", url: str = "", action: Any = "") -> dict[str, Any]:
    """`{% empty_state title text icon="inbox" url=… action=… %}`: what to say where a list has no rows."""
    return {"title": title, "text": text, "icon": icon, "url": url, "action": action}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Any) -> dict[str, Any]:
    """`{% timeline items %}`: mappings with time, title, who, text, icon, colour, attachments (name, url, image)."""
    return {"items": items}


@register.inclusion_tag("components/stat.html")
def stat(
    label: Any,
    value: Any,
    *,
    icon: str = "",
    unit: Any = "",
    hint: Any = "",
    url: str = "",
    colour: str = "",
    trend: str = "",
) -> dict[str, Any]:
    """`{% stat label value icon="clock" unit="%" hint=… url=… colour="red" trend="up" %}`: one figure's tile."""
    return {
        "label": label,
        "value": value,
        "icon": icon,
        "unit": unit,
        "hint": hint,
        "url": url,
        "colour": colour,
        "trend": trend,
    }


@register.inclusion_tag("components/steps.html")
def steps(labels: Any, current: int) -> dict[str, Any]:
    """`{% steps labels 2 %}`: a line of steps; those before `current` (from 0) are done."""
    return {"steps": [(label, n < current, n == current) for n, label in enumerate(labels)]}
