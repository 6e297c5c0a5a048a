"""What was sent to whom, and whether it arrived: read only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from portal.accounts.roles import DESK, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.paging import CappedPaginator
from portal.notify.models import Notice, NoticeState
from portal.webkit import show
from tickets.queries.subjects import about_visible_tickets


@admin.register(Notice)
class NoticeAdmin(BaseAdmin):
    """Links in texts are secrets of the customer: bodies are not shown."""

    roles_view = DESK | {Role.ADMINISTRATOR}
    list_display = ("title", "name", "state_badge", "created", "sent")
    list_filter = ("state",)
    search_fields = ("title",)
    search_help_text = _("Title")
    paginator = CappedPaginator
    fields = (("title", "type"), ("name", "language"), ("state", "urgent"), ("created_at", "sent_at"))

    def scope(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return about_visible_tickets(queryset, request.actor)

    @display(description=_("State"))
    def state_badge(self, row: Notice) -> Any:
        return show.badge(row.state, NoticeState)

    @display(description=_("Created at"))
    def created(self, row: Notice) -> Any:
        return show.moment(row.created_at)

    @display(description=_("Sent at"))
    def sent(self, row: Notice) -> Any:
        return show.moment(row.sent_at) or "—"
