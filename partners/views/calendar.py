"""The working calendar on the partner's pages: a month to read."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from partners.queries.calendar import calendars_for
from portal.kernel import clock
from portal.webkit.guards import partner_page
from portal.worktime.choices import DayKind
from portal.worktime.month import month_of, read_month
from portal.worktime.queries import calendar_of

WEEKDAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


@require_safe
@partner_page
def month(request: HttpRequest) -> HttpResponse:
    """One month of one calendar that counts for this partner."""
    calendars = calendars_for(request.actor)
    code = request.GET.get("calendar", "")
    chosen = next((row for row in calendars if row.code == code), None) if code else next(iter(calendars), None)
    if chosen is None:
        raise Http404
    today, content = clock.today(), calendar_of(chosen.code)
    shown = month_of(content, read_month(request.GET.get("month", ""), today), today)
    cells = [cell for week in shown.weeks for cell in week if cell]
    context = {
        "calendar": chosen,
        "calendars": [(row, row.pk == chosen.pk) for row in calendars],
        "month": shown,
        "weekdays": WEEKDAYS,
        "legend": list(shown.counts.items()),
        "official": content.official(shown.first.year),
        "special": [cell for cell in cells if cell.day.source != "weekly"],
        "today": today,
        "DayKind": DayKind,
    }
    return render(request, "partners/field/calendar.html", context)
