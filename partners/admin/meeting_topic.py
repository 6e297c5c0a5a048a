"""What partners bring up for a meeting (R041)."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import MANAGER
from partners.choices.meeting import TopicState
from partners.forms import meeting as forms
from partners.models import Topic
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseAdmin
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.export_admin import ListAdmin
from portal.webkit import show


@admin.register(Topic)
class TopicAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    """What partners bring up: grouped under items of the agenda, answered (R041)."""

    roles_view = roles_export = READERS
    roles_change = MANAGER
    deeds = {
        "place": Deed(_("Put on the agenda"), forms.PlaceTopicForm, lambda row: row.meeting.is_open),
        "answer": Deed(_("Answer"), forms.AnswerTopicForm, lambda row: row.state != TopicState.ANSWERED),
    }
    list_display = ("title", "partner", "meeting", "item", "given_at", "state_badge")
    list_filter = (("state", ChoicesDropdownFilter), ("partner", ScopedRelatedFilter))
    list_filter_submit = True
    list_select_related = ("partner", "meeting", "item")
    search_fields = ("title", "text", "partner__name")
    search_help_text = _("Words of the topic, or partner")
    fields = (("title", "state_badge"), "text", ("partner", "author", "given_at"), ("meeting", "item"), "answer")
    readonly_fields = (
        "title", "state_badge", "text", "partner", "author", "given_at", "meeting", "item", "answer",
    )  # fmt: skip

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: Topic) -> Any:
        return show.badge(row.state, TopicState)
