"""What the portal told me, and me myself."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from portal.kernel import clock
from portal.notify import preferences, queue, types
from portal.notify.forms import PreferenceForm
from portal.notify.models import Notice
from portal.webkit import widgets
from portal.webkit.guards import partner_page
from tickets.models import Ticket
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
    rows = [(notice, _link(notice, tickets)) for notice in page]
    context = {"page": page, "rows": rows, "unread": queue.unread(request.user).count()}
    return render(request, "tickets/field/notices.html", context)


def _link(notice: Notice, tickets: dict[str, Ticket]) -> str | None:
    """Where the notice leads, '' where it has no page; None where its subject is no longer the reader's (A14)."""
    if ticket := tickets.get(notice.subject):
        return reverse("field:ticket", args=[ticket.number])
    if notice.subject.startswith("ticket:") or not types.still_meant(notice):
        return None
    return notice.page


def _mark(request: HttpRequest) -> HttpResponse:
    pk = request.POST.get("notice", "")
    one = int(pk) if pk.isascii() and pk.isdigit() and len(pk) < 18 else None
    count = queue.mark_read(request.user, one)
    if one is None and count:
        told = ngettext("%(count)d notice is marked as read.", "%(count)d notices are marked as read.", count)
        messages.success(request, told % {"count": count})
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


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def notice_settings(request: HttpRequest) -> HttpResponse:
    """By which channels I am told, and when I want to be left alone (K14)."""
    form = PreferenceForm(request.POST if request.method == "POST" else None, user=request.user, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return redirect("field:notice_settings")
    for field in form.fields.values():
        widgets.dress(field.widget)
    context = {"form": form, "hours": str(preferences.house_quiet())}
    return render(request, "tickets/field/notice_settings.html", context, status=400 if form.errors else 200)
