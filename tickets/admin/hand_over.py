"""Hand-overs of open tickets: order one, watch how far it is, read what stayed (R137)."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.dress import dress
from portal.exchange.export_admin import ListAdmin
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit import show
from tickets.choices.hand_over import HandOverState
from tickets.forms.hand_over import HandOverForm
from tickets.models import HandOver

LIST = "admin:tickets_handover_changelist"


@admin.register(HandOver)
class HandOverAdmin(ListAdmin, BaseAdmin):
    """Brand managers order them; nobody changes one."""

    roles_view = READERS
    roles_add = frozenset({Role.BRAND_MANAGER})
    list_display = ("ordered_at", "partner", "successor", "progress_bar", "moved", "stayed", "ordered_by")
    list_filter = (("state", ChoicesDropdownFilter),)
    list_filter_submit = True
    list_before_template = "admin/tickets/handover/_poll.html"
    list_select_related = ("partner", "successor", "ordered_by")
    search_fields = ("partner__name", "partner__code", "successor__name", "successor__code", "reason")
    search_help_text = gettext_lazy("Partner, successor or reason")
    actions = ()
    fields = (
        "partner", "successor", "reason", "progress_bar", "total", "moved", "left_list", "ordered_by", "ordered_at",
        "finished_at",
    )  # fmt: skip
    readonly_fields = ("progress_bar", "left_list")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        waiting = self.get_queryset(request).exclude(state=HandOverState.DONE).exists()
        return super().changelist_view(request, {"waiting": waiting, **(extra_context or {})})

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The order; the worker carries it out."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = HandOverForm(request.POST or None, actor=request.actor, initial={"partner": request.GET.get("partner")})
        problem, status = "", 200
        if request.method == "POST":
            status = 400
            if form.is_valid():
                try:
                    row = form.save()
                except InvalidInput as error:
                    form.add_error(error.field if error.field in form.fields else None, str(error.message))
                except PortalError as error:
                    problem, status = error.message, error.status
                else:
                    told = ngettext(
                        "%(n)d open ticket is being handed over.",
                        "%(n)d open tickets are being handed over.",
                        row.total,
                    )
                    messages.success(request, told % {"n": row.total})
                    return HttpResponseRedirect(reverse(LIST))
        page = {"opts": self.opts, "title": _("Hand open tickets over"), "form": dress(form), "back": reverse(LIST)}
        context = {**self.admin_site.each_context(request), **page, "problem": problem}
        return TemplateResponse(request, "admin/tickets/handover/order.html", context, status=status)

    @display(description=gettext_lazy("State"))
    def progress_bar(self, row: HandOver) -> str:
        badge = show.badge(row.state, HandOverState)
        if row.state == HandOverState.DONE:
            return badge
        bar = '<progress class="report-progress" max="100" value="{}">{}%</progress>'
        return format_html('<span class="ak-stack">{}' + bar + "</span>", badge, row.per_cent, row.per_cent)

    @display(description=gettext_lazy("Not handed over"))
    def stayed(self, row: HandOver) -> int:
        return len(row.left)

    @display(description=gettext_lazy("Not handed over"))
    def left_list(self, row: HandOver) -> str:
        lines = format_html_join("", "<li>{}: {}</li>", ((one["number"], one["reason"]) for one in row.left))
        return format_html("<ul>{}</ul>", lines) if row.left else "—"
