"""How a value is written on a page: states, moments, due times, telephone numbers. Plain functions, quick in lists."""

import enum
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db.models import Model
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.kernel import clock
from portal.webkit import icons

PATTERNS = {
    "datetime": "%Y-%m-%d %H:%M",
    "date": "%Y-%m-%d",
    "time": "%H:%M",
    "short": "%m-%d %H:%M",
    "seconds": "%Y-%m-%d %H:%M:%S",
}
COLOURS = frozenset(["secondary", "blue", "azure", "indigo", "purple", "orange", "yellow", "green", "teal", "red"])


def badge(value: Any, choices: Any = None) -> SafeString | str:
    """A state with its label and colour. `value` is a member; or a stored value with its choices class;
    or an instance with a field's name whose default is a member."""
    member = find_member(value, choices)
    if member is None or member == "":
        return ""
    colour = getattr(member, "colour", "secondary")
    label = getattr(member, "label", member)
    return tag(label, colour)


def tag(label: Any, colour: str = "secondary") -> SafeString:
    """A word in a coloured pill, for what is no choice of a field."""
    return format_html('<span class="badge-state c-{}">{}</span>', colour if colour in COLOURS else "secondary", label)


def find_member(value: Any, choices: Any) -> Any:
    """The choice that `badge` draws; the value itself where none fits."""
    if isinstance(choices, str) and isinstance(value, Model):
        field = value._meta.get_field(choices)
        value, choices = getattr(value, choices), type(field.default)
    if isinstance(value, enum.Enum) or not (isinstance(choices, type) and issubclass(choices, enum.Enum)):
        return value
    try:
        return choices(value)
    except ValueError:
        return value


def moment(value: datetime | date | None, style: str = "datetime") -> SafeString | str:
    """A moment on the wall clock of Asia/Shanghai; `style` is datetime, date, time, short, seconds or long."""
    if not value:
        return ""
    if not isinstance(value, datetime):
        text = date_format(value, "DATE_FORMAT") if style == "long" else value.strftime("%Y-%m-%d")
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)
    local = value.astimezone(clock.LOCAL)
    text = date_format(local, "DATETIME_FORMAT") if style == "long" else local.strftime(PATTERNS[style])
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="seconds"), text)


def due(deadline: datetime | None, start: datetime | None = None, stopped: datetime | None = None) -> SafeString | str:
    """A live countdown to `deadline`; with `stopped` the outcome in its place. The script repaints each second."""
    if not deadline:
        return ""
    if stopped:
        return _outcome(deadline, stopped)
    now = clock.now()
    return format_html(
        '<time class="due" data-due="{}" data-start="{}" data-now="{}" data-level="{}" title="{}">{}{}</time>',
        deadline.isoformat(timespec="seconds"),
        start.isoformat(timespec="seconds") if start else "",
        int(now.timestamp()),
        level(deadline, start, now),
        deadline.astimezone(clock.LOCAL).strftime(PATTERNS["datetime"]),
        icons.draw("clock"),
        left(deadline - now),
    )


def _outcome(deadline: datetime, stopped: datetime) -> SafeString:
    met = stopped <= deadline
    return format_html(
        '<time class="due" datetime="{}" data-level="{}" title="{}">{}{}</time>',
        stopped.isoformat(timespec="seconds"),
        "met" if met else "missed",
        stopped.astimezone(clock.LOCAL).strftime(PATTERNS["datetime"]),
        icons.draw("circle-check" if met else "alert-circle"),
        _("on time") if met else _("late by %(span)s") % {"span": span(stopped - deadline)},
    )


def level(deadline: datetime, start: datetime | None, now: datetime) -> str:
    """calm, soon, urgent or over, by the fraction of the time that is left."""
    if now > deadline:
        return "over"
    whole = deadline - start if start and start < deadline else timedelta(hours=2)
    fraction = (deadline - now) / whole
    return "calm" if fraction > 0.5 else "soon" if fraction > 0.2 else "urgent"


def left(remaining: timedelta) -> str:
    """'1 h 20 min left' or 'overdue by 5 min', in the reader's language."""
    if remaining < timedelta(0):
        return _("overdue by %(span)s") % {"span": span(-remaining)}
    return _("%(span)s left") % {"span": span(remaining)}


def span(length: timedelta) -> str:
    """A length in its two largest units of days, hours, minutes; mm:ss below an hour."""
    seconds = int(length.total_seconds())
    days, hours, minutes = seconds // 86400, seconds % 86400 // 3600, seconds % 3600 // 60
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return f"{minutes:02d}:{seconds % 60:02d}"


@lru_cache(maxsize=2048)
def masked_phone(number: str) -> str:
    """138****5678: the first three and the last four stay, of short numbers the last two."""
    text = str(number or "").strip()
    if len(text) >= 9:
        return f"{text[:3]}{'*' * (len(text) - 7)}{text[-4:]}"
    return "*" * max(len(text) - 2, 0) + text[-2:] if len(text) > 2 else text
