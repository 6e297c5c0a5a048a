"""Meetings: agenda with figures, invitations, minutes, decisions, and the governance calendar (R041, R076, R225)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions import meeting_minutes
from partners.admin import meeting_pages as pages
from partners.admin.base import MANAGER, NetworkAdmin
from partners.admin.meeting_inlines import AgendaInline, DecisionInline, InvitationInline, TopicInline
from partners.choices.meeting import MeetingKind, MeetingState, MinutesReply
from partners.forms import meeting as forms
from partners.models import Meeting
from partners.queries import meeting as meetings
from partners.rules.meeting import reply_open
from portal.accounts.roles import BRAND
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.kernel import clock
from portal.kernel.words import joined
from portal.webkit import show


def _open(row: Meeting) -> bool:
    return row.is_open


def _invited(row: Meeting) -> bool:
    return row.state == MeetingState.INVITED


def _held(row: Meeting) -> bool:
    return row.state == MeetingState.HELD


def _released(row: Meeting) -> bool:
    return row.state == MeetingState.RELEASED


def _asked(row: Any) -> bool:
    """Whether the reader himself is invited; `get_object` looked it up."""
    return _invited(row) and row.mine is not None


def _to_reply(row: Any) -> bool:
    open_still = bool(reply_open(row.state, row.replies_until, clock.today()))
    return open_still and row.mine is not None and row.mine.reply == MinutesReply.OPEN


def _corrections(row: Meeting) -> bool:
    return _released(row) and row.invitations.filter(reply=MinutesReply.CORRECTION).exists()


def _to_give(row: Meeting) -> bool:
    rows = row.decisions.filter(task=None, owner__isnull=False, due_on__isnull=False)
    return row.was_held and rows.exists()


@admin.register(Meeting)
class MeetingAdmin(DeedAdmin, NetworkAdmin):
    """Brand managers keep it; whoever of the brand is invited answers."""

    roles_change = BRAND
    roles_import = frozenset()
    change_list_template = "admin/partners/meeting/change_list.html"
    change_form_outer_before_template = "admin/partners/meeting/_top.html"
    change_form_outer_after_template = "admin/partners/meeting/_whole.html"
    deeds = {
        "prepare": Deed(_("Fill the agenda from data"), forms.PrepareForm, _open, roles=MANAGER),
        "invite": Deed(_("Invite"), forms.InviteForm, _open, roles=MANAGER),
        "answer": Deed(_("Answer the invitation"), forms.AnswerForm, _asked),
        "hold": Deed(_("Note as held"), forms.HoldForm, _invited, roles=MANAGER),
        "release": Deed(_("Release the minutes"), forms.ReleaseForm, _held, roles=MANAGER),
        "tasks": Deed(
            _("Make tasks of the decisions"),
            forms.TasksForm,
            _to_give,
            roles=MANAGER,
            done=lambda n: ngettext("%(n)d decision became a task.", "%(n)d decisions became tasks.", n) % {"n": n},
        ),
        "acknowledge": Deed(_("Acknowledge the minutes"), forms.AcknowledgeForm, _to_reply),
        "correct": Deed(_("Ask for a correction"), forms.CorrectionForm, _to_reply),
        "answer_correction": Deed(_("Answer a correction"), forms.AnswerCorrectionForm, _corrections, roles=MANAGER),
        "move": Deed(_("Move"), forms.MoveForm, _open, roles=MANAGER),
        "cancel": Deed(_("Cancel the meeting"), forms.CancelForm, _open, grave=True, roles=MANAGER),
    }
    inlines = (AgendaInline, DecisionInline, InvitationInline, TopicInline)
    list_display = ("meeting", "kind_badge", "who", "begins", "state_badge")
    list_filter = (("kind", ChoicesDropdownFilter), ("state", ChoicesDropdownFilter), ("partners", ScopedRelatedFilter))
    list_filter_submit = True
    search_fields = ("number", "title", "partners__name", "partners__short_name")
    search_help_text = _("Meeting number, title or partner")
    fieldsets = (
        (None, {"fields": ("title", ("kind", "state_badge"), "who", "plan")}),
        (_("When"), {"fields": (("begins", "minutes_long"), "place", ("period_first", "period_last"), "owner")}),
    )
    readonly_fields = ("state_badge", "who", "begins", "kind", "plan", "owner")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("plan", "owner").prefetch_related("partners")

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """With the reader's own invitation: he answers for nobody else."""
        row: Any = super().get_object(request, object_id, from_field)
        row.mine = meetings.invitation_of(row, request.actor)  # type: ignore[attr-defined]
        return row

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(pages.calendar)
        return [path("calendar/", view, {"page": self}, "partners_meeting_calendar"), *super().get_urls()]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        return pages.add(request, self)

    def get_inlines(self, request: HttpRequest, obj: Meeting | None) -> Any:
        """What was released is read above as everybody reads it."""
        closed = obj is not None and obj.state in (MeetingState.RELEASED, MeetingState.CANCELLED)
        return [one for one in self.inlines if not (closed and one is AgendaInline)]

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> tuple[str, ...]:
        """Day and place are moved by their step, so that everybody is told."""
        fixed: tuple[str, ...] = ("place",)
        if obj is not None and (not obj.is_open or request.actor.role not in MANAGER):  # type: ignore[attr-defined]
            fixed += ("title", "minutes_long", "period_first", "period_last")
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        for item in form.instance.items.filter(place=0):
            item.place = 90
            item.save(update_fields=["place"])
        if any(one.has_changed() for one in formsets):
            meeting_minutes.written(request.actor, form.instance)  # type: ignore[attr-defined]

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        whole = pages.whole(self.get_object(request, object_id), request.actor) if object_id else {}  # type: ignore
        return super().changeform_view(request, object_id, form_url, {**whole, **(extra_context or {})})

    @display(description=_("Meeting"), ordering="title")
    def meeting(self, row: Meeting) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.title, row.number)

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: Meeting) -> Any:
        return show.badge(row.kind, MeetingKind)

    @display(description=_("Partners"))
    def who(self, row: Meeting) -> str:
        names = [partner.short_name for partner in row.partners.all()]
        return joined(names[:6]) + (f" … {len(names)}" if len(names) > 6 else "")

    @display(description=_("Begins at"), ordering="starts_at")
    def begins(self, row: Meeting) -> SafeString | str:
        shown = show.moment(row.starts_at)
        return show.tag(shown, "red") if meetings.late(row) else shown

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: Meeting) -> Any:
        return show.badge(row.state, MeetingState)
