"""What stands below a meeting: agenda, decisions, invitations, topics (R041, R076)."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from partners.admin.base import MANAGER
from partners.choices.meeting import Answer, MeetingState, MinutesReply, TopicState
from partners.forms.cooperation_admin import DecisionForm
from partners.models import AgendaItem, Decision, Invitation, Topic
from partners.queries.cooperation_task import possible_owners
from partners.queries.meeting import reaches
from partners.rules.meeting import OPEN
from portal.accounts.roles import READERS
from portal.adminkit.base import BaseStackedInline, BaseTabularInline
from portal.adminkit.summary import SummaryInline
from portal.webkit import show


class OfMeetingInline:
    """Written by brand managers while the meeting is prepared and its minutes are written."""

    roles_view = READERS
    roles_add = roles_change = roles_delete = MANAGER
    states: frozenset[str] = OPEN | {MeetingState.HELD}

    def _open(self, request: HttpRequest, obj: Any) -> bool:
        """Until the minutes are released, and by whom the meeting reaches (R076)."""
        return obj is not None and obj.state in self.states and reaches(request.actor, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(request, obj) and super().has_add_permission(request, obj)  # type: ignore[misc]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(request, obj) and super().has_change_permission(request, obj)  # type: ignore[misc]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(request, obj) and super().has_delete_permission(request, obj)  # type: ignore[misc]


class AgendaInline(OfMeetingInline, BaseStackedInline):
    """What an item is about is written before the meeting, what was said after it."""

    model = AgendaItem
    fields = (("place", "title"), "note", "discussion")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is not None and obj.was_held:
            return ("place", "note")
        return ("discussion",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in ("note", "discussion"):
            field.widget.attrs["rows"] = 3
        return field


class DecisionInline(OfMeetingInline, BaseTabularInline):
    """Decided in the meeting; a task once somebody pressed for it."""

    model = Decision
    form = DecisionForm
    hide_title = True
    fields = ("item", "text", "owner", "due_on", "task_state")
    readonly_fields = ("task_state",)
    states = frozenset({MeetingState.HELD})

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        self_parent = obj
        formset = super().get_formset(request, obj, **kwargs)
        fields = formset.form.base_fields
        if "item" in fields:
            fields["item"].queryset = AgendaItem.objects.filter(meeting=self_parent)
        if "text" in fields:
            fields["text"].widget.attrs["rows"] = 2
        return formset

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            kwargs["queryset"] = possible_owners(request.actor)  # type: ignore[attr-defined]
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("Task"))
    def task_state(self, row: Decision) -> Any:
        task = getattr(row, "task", None)
        return f"{task.number} · {task.get_state_display()}" if task else "—"


class InvitationInline(SummaryInline):
    model = Invitation
    roles_view = READERS
    fields = ("who", "answer_badge", "note", "attended", "reply_badge")
    readonly_fields = fields

    @display(description=_("Invited"))
    def who(self, row: Invitation) -> str:
        return str(row.who)

    @display(description=_("Answer"))
    def answer_badge(self, row: Invitation) -> Any:
        return show.badge(row.answer, Answer)

    @display(description=_("To the minutes"))
    def reply_badge(self, row: Invitation) -> Any:
        return show.badge(row.reply, MinutesReply)


class TopicInline(SummaryInline):
    model = Topic
    roles_view = READERS
    fields = ("page", "partner", "item", "state_badge")

    @display(description=_("State"))
    def state_badge(self, row: Topic) -> Any:
        return show.badge(row.state, TopicState)
