"""What the portal told me, and me myself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.kernel import clock
from portal.notify import queue
from portal.webkit.guards import partner_page
from tickets.queries.field import tickets_of_notices
from tickets.queries.staffing import certificates_of, staff_loads, staff_of_user

A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def notices(request: HttpRequest) -> HttpResponse:
    """The in-app inbox; a POST marks one notice, or all, as read."""
    if request.method == "POST":
        return _mark(request)
    page = Paginator(queue.inbox(request.user), A_PAGE).get_page(request.GET.get("page"))
    tickets = tickets_of_notices(request.actor, list(page))
    rows = [(notice, tickets.get(notice.subject)) for notice in page]
    context = {"page": page, "rows": rows, "unread": queue.unread(request.user).count()}
    return render(request, "tickets/field/notices.html", context)


def _mark(request: HttpRequest) -> HttpResponse:
    pk = request.POST.get("notice", "")
    one = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else None
    count = queue.mark_read(request.user, one)
    if one is None and count:
        messages.success(request, _("%(count)d notices are marked as read.") % {"count": count})
    return redirect("field:notices")


@require_safe
@partner_page
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here: outlet, load, certificates, language, sign out."""
    staff = staff_of_user(request.user.pk)
    context = {
        "staff": staff,
        "role": request.actor.role.label,
        "load": staff_loads([staff]).get(staff.pk, 0) if staff else 0,
        "certificates": certificates_of(staff) if staff else [],
        "today": clock.today(),
    }
    return render(request, "tickets/field/me.html", context)
