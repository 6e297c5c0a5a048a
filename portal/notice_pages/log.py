"""What was sent to whom, by which channel, and whether it arrived: read only, but for sending again."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from portal.accounts.roles import DESK, Role
from portal.adminkit.base import BaseAdmin, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.paging import CappedPaginator
from portal.adminkit.subjects import NamedSubject, words_for
from portal.exchange.export_admin import ListAdmin
from portal.notice_pages import inbox
from portal.notice_pages.log_parts import (
    ChannelFilter,
    DayFilter,
    ResendForm,
    TypeFilter,
    masked_address,
    remedy,
    words_of,
)
from portal.notify import channels, resend, types
from portal.notify.models import Delivery, DeliveryState, Notice, NoticeState
from portal.webkit import show
from tickets.queries.subjects import about_visible_tickets

KEEPERS = DESK | {Role.ADMINISTRATOR}


class WayInline(BaseTabularInline):
    """The channels that the notice took."""

    model = Delivery
    roles_view = KEEPERS
    hide_title = True
    fields = readonly_fields = ("by", "state_badge", "attempts", "sent_at", "next_try_at", "error", "remark")

    @display(description=gettext_lazy("Channel"))
    def by(self, row: Delivery) -> Any:
        return channels.label(row.channel)

    @display(description=gettext_lazy("State"))
    def state_badge(self, row: Delivery) -> Any:
        return show.badge(row.state, DeliveryState)


@admin.register(Notice)
class NoticeAdmin(NamedSubject, ListAdmin, BaseAdmin):
    """Links in texts are secrets of the customer: bodies are not shown."""

    roles_view = roles_export = KEEPERS
    personal_columns = {"name": "name"}
    inlines = (WayInline,)
    list_display = ("title", "name", "state_badge", "haste", "created", "sent")
    list_filter = (("state", ChoicesDropdownFilter), TypeFilter, "urgent", DayFilter)
    list_filter_submit = True
    search_fields = ("title", "name")
    search_help_text = gettext_lazy("Title or recipient")
    paginator = CappedPaginator
    fields = (("title", "kind"), ("name", "tongue"), ("state_badge", "haste"), "about", ("created", "sent"))

    def get_urls(self) -> list[URLPattern]:
        own = [
            path("mine/", self._own(inbox.inbox), name="my_notices"),
            path("mine/settings/", self._own(inbox.settings), name="my_notice_settings"),
        ]
        return [*own, *super().get_urls()]

    def _own(self, view: Any) -> Any:
        """Everybody who may enter the admin has an inbox."""

        def page(request: HttpRequest) -> HttpResponse:
            # No `opts`: Unfold would put the way to all notices above it, which most roles may not read.
            return view(request, self.admin_site.each_context(request))

        return self.admin_site.admin_view(page)

    def scope(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return about_visible_tickets(queryset, request.actor)

    readonly_fields = ("kind", "tongue", "state_badge", "haste", "about", "created", "sent")

    @display(description=gettext_lazy("State"))
    def state_badge(self, row: Notice) -> Any:
        return show.badge(row.state, NoticeState)

    @display(description=gettext_lazy("Urgent"))
    def haste(self, row: Notice) -> Any:
        return show.tag(_("Urgent"), "red") if row.urgent else "—"

    @display(description=gettext_lazy("Type"))
    def kind(self, row: Notice) -> str:
        return words_of(row.type)

    @display(description=gettext_lazy("Language"))
    def tongue(self, row: Notice) -> str:
        return str(dict(settings.LANGUAGES).get(row.language, row.language))

    @display(description=pgettext_lazy("what it is about", "Subject"))
    def about(self, row: Notice) -> Any:
        named = row.named if hasattr(row, "named") else words_for(None, [row.subject])[row.subject]
        return named or "—"

    @display(description=gettext_lazy("Created at"), ordering="created_at")
    def created(self, row: Notice) -> Any:
        return show.moment(row.created_at)

    @display(description=gettext_lazy("Sent at"))
    def sent(self, row: Notice) -> Any:
        return show.moment(row.sent_at) or "—"


@admin.register(Delivery)
class DeliveryAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    """One row a notice and channel. What was given up can be sent again, one by one or many at once."""

    roles_view = roles_change = roles_export = KEEPERS
    personal_columns = {"recipient": "name"}
    list_display = ("about", "recipient", "by", "state_badge", "attempts", "created", "next_or_sent", "trouble")
    list_filter = (("state", ChoicesDropdownFilter), ChannelFilter, TypeFilter, DayFilter)
    list_filter_submit = True
    list_fullwidth = True
    list_select_related = ("notice",)
    search_fields = ("notice__title", "notice__name")
    search_help_text = gettext_lazy("Title or recipient")
    paginator = CappedPaginator
    actions = ("send_again",)
    deeds = {
        "resend": Deed(
            gettext_lazy("Send again"),
            ResendForm,
            lambda row: row.state == DeliveryState.FAILED,
            done=lambda row: _("It is on its way again."),
        )
    }
    fields = (
        ("about", "kind"),
        ("recipient", "address_shown"),
        ("by", "state_badge"),
        ("attempts", "created_at"),
        ("sent_at", "next_try_at"),
        "trouble",
        "answer",
        "remark",
    )
    readonly_fields = (
        "about", "kind", "recipient", "address_shown", "by", "state_badge", "attempts", "created_at", "sent_at",
        "next_try_at", "trouble", "answer", "remark",
    )  # fmt: skip

    def scope(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return about_visible_tickets(queryset.select_related("notice"), request.actor, "notice__subject")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """Nothing of the record itself can be changed: there is nothing to save."""
        buttons = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}
        return super().changeform_view(request, object_id, form_url, {**buttons, **(extra_context or {})})

    @admin.action(description=gettext_lazy("Send again"))
    def send_again(self, request: HttpRequest, queryset: QuerySet) -> HttpResponseBase | None:
        """Asks first; only what was given up is sent again, each row in the reader's scope."""
        rows = list(queryset.filter(state=DeliveryState.FAILED)[: resend.MOST])
        if not rows:
            messages.warning(request, _("Choose deliveries that were given up: only those can be sent again."))
            return None
        if request.POST.get("sure") != "yes":
            return self._ask(request, rows, queryset.count())
        went, stayed = resend.resend_all(request.actor, rows)
        told = ngettext("%(went)d delivery is on its way again.", "%(went)d deliveries are on their way again.", went)
        told %= {"went": went}
        if stayed:
            told += " " + _("%(stayed)d could not be sent again.") % {"stayed": stayed}
        messages.success(request, told)
        return None

    def _ask(self, request: HttpRequest, rows: list[Delivery], chosen: int) -> HttpResponseBase:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Send again"),
            "opts": self.opts,
            "rows": rows,
            "left_out": chosen - len(rows),
            "action": "send_again",
        }
        return TemplateResponse(request, "admin/notices/send_again.html", context)

    @display(description=gettext_lazy("Notice"), ordering="notice__title")
    def about(self, row: Delivery) -> str:
        return row.notice.title

    @display(description=gettext_lazy("Type"))
    def kind(self, row: Delivery) -> str:
        known = types.registered().get(row.notice.type)
        return f"{words_of(row.notice.type)} · {known.audience}" if known else row.notice.type

    @display(description=gettext_lazy("Recipient"))
    def recipient(self, row: Delivery) -> str:
        return row.notice.name or "—"

    @display(description=pgettext_lazy("delivery", "Address"))
    def address_shown(self, row: Delivery) -> str:
        return masked_address(row.address) or "—"

    @display(description=gettext_lazy("Channel"), ordering="channel")
    def by(self, row: Delivery) -> Any:
        return channels.label(row.channel)

    @display(description=gettext_lazy("State"), ordering="state")
    def state_badge(self, row: Delivery) -> Any:
        return show.badge(row.state, DeliveryState)

    @display(description=gettext_lazy("Created at"), ordering="created_at")
    def created(self, row: Delivery) -> Any:
        return show.moment(row.created_at, "short")

    @display(description=gettext_lazy("Sent or next try"))
    def next_or_sent(self, row: Delivery) -> Any:
        return show.moment(row.sent_at or row.next_try_at, "short") or "—"

    @display(description=gettext_lazy("Trouble"))
    def trouble(self, row: Delivery) -> Any:
        return remedy(row)
