"""Month and year of a calendar as pages of the admin."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.kernel import clock
from portal.worktime.choices import DayKind
from portal.worktime.models import Calendar, CalendarDay
from portal.worktime.month import Cell, Month, month_of, read_month, read_year, year_of
from portal.worktime.queries import calendar_of

#: Monday first, short.
WEEKDAYS = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


def month_page(page: Any, request: HttpRequest, calendar: Calendar) -> TemplateResponse:
    """One month: kind, hours and source of each day; a free day to come leads to a new entry."""
    today = clock.today()
    first = read_month(request.GET.get("month", ""), today)
    month = month_of(calendar_of(calendar.code), first, today, _rows(calendar, first.year))
    context = {
        **_frame(page, request, calendar, f"?month={first:%Y-%m}"),
        "month": month,
        "legend": _legend([month]),
        "official": calendar_of(calendar.code).official(first.year),
        "special": [(cell, _source(cell)) for week in month.weeks for cell in week if cell and _special(cell)],
        "add_url": reverse("admin:worktime_calendarday_add") if page.has_change_permission(request) else "",
        "today": today,
    }
    return TemplateResponse(request, "admin/worktime/month.html", context)


def year_page(page: Any, request: HttpRequest, calendar: Calendar) -> TemplateResponse:
    """Twelve small months."""
    today = clock.today()
    year = read_year(request.GET.get("year", ""), today)
    months = year_of(calendar_of(calendar.code), year, today, _rows(calendar, year))
    context = {
        **_frame(page, request, calendar, f"?year={year}"),
        "months": months,
        "year": year,
        "year_text": str(year),
        "before": str(year - 1),
        "after": str(year + 1),
        "legend": _legend(months),
        "official": calendar_of(calendar.code).official(year),
    }
    return TemplateResponse(request, "admin/worktime/year.html", context)


def _rows(calendar: Calendar, year: int) -> dict[date, CalendarDay]:
    return {row.day: row for row in CalendarDay.objects.filter(calendar=calendar.code, day__year=year)}


def _frame(page: Any, request: HttpRequest, calendar: Calendar, query: str) -> dict[str, Any]:
    others = page.get_queryset(request)
    return {
        **page.admin_site.each_context(request),
        "title": _("%(calendar)s: working days") % {"calendar": calendar},
        "opts": page.opts,
        "calendar": calendar,
        "calendars": [(row, row.pk == calendar.pk) for row in others],
        "query": query,
        "may_draft": True,
        "weekdays": WEEKDAYS,
    }


def _special(cell: Cell) -> bool:
    return cell.day.source != "weekly" or cell.draft is not None


def _source(cell: Cell) -> str:
    """Who says so: the entry's notice, the State Council's through the library, or nobody yet."""
    words = {
        "row": cell.day.authority or _("own entry"),
        "library": _("notice of the State Council, from the library"),
        "estimate": _("fixed holiday, not announced yet"),
    }
    said = words.get(cell.day.source, _("weekly plan"))
    if cell.draft is None:
        return said
    return _("%(source)s; drafted: %(kind)s, %(reason)s") % {
        "source": said,
        "kind": cell.draft.get_kind_display(),
        "reason": cell.draft.reason,
    }


def _legend(months: list[Month]) -> list[tuple[DayKind, int]]:
    """Each kind with how many days there are of it."""
    return [(kind, sum(month.counts[kind] for month in months)) for kind in DayKind]
