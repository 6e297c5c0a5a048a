"""What the portal told me: the inbox of whoever works in the admin."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from portal.adminkit.dress import dress
from portal.notify import preferences, queue, types
from portal.notify.forms import PreferenceForm
from portal.notify.models import Notice
from tickets.queries.field import tickets_of_notices

A_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """All notices, or the unread ones; a POST marks one, or all, as read."""
    if request.method == "POST":
        return _mark(request)
    new = queue.unread(request.user)
    only_new = request.GET.get("show") == "unread"
    page = Paginator(new if only_new else queue.inbox(request.user), A_PAGE).get_page(request.GET.get("page"))
    tickets = tickets_of_notices(request.actor, list(page))
    context |= {
        "title": _("My notices"),
        "page": page,
        "rows": [(notice, _link(notice, tickets)) for notice in page],
        "unread": new.count(),
        "only_new": only_new,
    }
    return TemplateResponse(request, "admin/notices/inbox.html", context)


def _link(notice: Notice, tickets: dict[str, Any]) -> str | None:
    """Where the notice leads; None where its subject is no longer the reader's business (A14)."""
    if ticket := tickets.get(notice.subject):
        return reverse("admin:tickets_ticket_change", args=[ticket.pk])
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
    query = "?show=unread" if request.GET.get("show") == "unread" else ""
    return HttpResponseRedirect(reverse("admin:my_notices") + query)


@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """By which channels I am told, and when I want to be left alone."""
    form = PreferenceForm(request.POST if request.method == "POST" else None, user=request.user, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your choice is saved."))
        return HttpResponseRedirect(reverse("admin:my_notice_settings"))
    context |= {"title": _("How I am told"), "form": dress(form), "hours": str(preferences.house_quiet())}
    status = 400 if form.errors else 200
    return TemplateResponse(request, "admin/notices/settings.html", context, status=status)
