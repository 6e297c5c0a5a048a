"""What the record of a late ticket gives as the reason (R102, R219)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Course:
    """How a ticket ran, as far as it can explain a delay."""

    rejections: int = 0
    reopenings: int = 0
    declines: int = 0
    dispatches: int = 0
    escalated: bool = False
    suspended_for: Any = ""
    accepted_late: bool = False
    is_open: bool = False


def reasons(course: Course) -> list[str]:
    """Every known reason in words, the most telling first; one sentence where the record knows none (R219)."""
    n = course.dispatches - 1
    found = [
        (course.suspended_for, _("suspended: %(reason)s") % {"reason": course.suspended_for}),
        (course.rejections, _("result rejected by the customer (%(n)d×)") % {"n": course.rejections}),
        (course.reopenings, _("reopened (%(n)d×)") % {"n": course.reopenings}),
        (course.declines, _("declined by the outlet (%(n)d×)") % {"n": course.declines}),
        (n > 0, _("dispatched again or handed over (%(n)d×)") % {"n": n}),
        (course.escalated, _("escalated")),
        (course.accepted_late, _("accepted late")),
        (course.is_open, _("still open")),
    ]
    return [words for applies, words in found if applies] or [_("no cause on record")]
