"""Tasks of the cooperation: whose, until when, what came of them (R073, R077)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions import cooperation_task as actions
from partners.admin.base import MANAGER, NetworkAdmin
from partners.choices.cooperation import TaskState
from partners.forms import cooperation as forms
from partners.forms.cooperation_admin import TaskAdminForm
from partners.models import CooperationTask
from partners.queries import cooperation_task as tasks
from partners.rules.cooperation_task import overdue
from portal.accounts.roles import BRAND
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.links import RowLink
from portal.kernel import clock
from portal.webkit import show


class DueFilter(admin.SimpleListFilter):
    """The lists that people ask for."""

    title = _("Which")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("mine", _("My open tasks")),
            ("overdue", pgettext_lazy("task", "Overdue")),
            ("asked", _("More time asked for")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        rows = queryset if self.value() is None else queryset.filter(state=TaskState.OPEN)
        if self.value() == "mine":
            return rows.filter(owner=request.actor.user_id)  # type: ignore[attr-defined]
        if self.value() == "overdue":
            return rows.filter(due_on__lt=clock.today())
        return rows.filter(wanted_until__isnull=False) if self.value() == "asked" else rows


def _open(row: CooperationTask) -> bool:
    return row.state == TaskState.OPEN


def _may_ask(row: CooperationTask) -> bool:
    return _open(row) and row.wanted_until is None


def _asked(row: CooperationTask) -> bool:
    return _open(row) and row.wanted_until is not None


@admin.register(CooperationTask)
class CooperationTaskAdmin(DeedAdmin, NetworkAdmin):
    """Brand managers give tasks; whoever of the brand has one reports on it."""

    roles_change = BRAND
    form = TaskAdminForm
    deeds = {
        "finish": Deed(_("Report as done"), forms.FinishForm, _open, files=True),
        "time": Deed(_("Ask for more time"), forms.MoreTimeForm, _may_ask, roles=BRAND - MANAGER),
        "extend": Deed(_("Move the day"), forms.ExtendForm, _open, roles=MANAGER),
        "decline": Deed(_("Decline more time"), forms.DeclineTimeForm, _asked, roles=MANAGER),
        "cancel": Deed(_("Cancel the task"), forms.CancelTaskForm, _open, grave=True, roles=MANAGER),
        "reopen": Deed(_("Open again"), forms.ReopenForm, lambda row: not _open(row), roles=MANAGER),
    }
    list_display = ("task", "owner", "partner", "due", "state_badge", "origin")
    #: What is open comes first, the oldest before all.
    ordering = ("-state", "due_on", "pk")
    list_filter = (DueFilter, ("state", ChoicesDropdownFilter), ("partner", ScopedRelatedFilter))
    list_filter_submit = True
    list_select_related = ("owner", "partner", "meeting", "plan")
    search_fields = ("number", "title", "owner__name", "partner__name", "partner__short_name")
    search_help_text = _("Task number, words of the task, person or partner")
    new_fields = ("title", "text", ("owner", "due_on"), "plan")
    known_fields = (
        ("title", "state_badge"), "text", ("owner", "partner"), ("due", "first_due_on"), "asked", "origin",
        ("result", "done_at"), "files",
    )  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: CooperationTask | None = None) -> Any:
        return [(None, {"fields": self.known_fields if obj else self.new_fields})]

    def get_readonly_fields(self, request: HttpRequest, obj: CooperationTask | None = None) -> tuple[str, ...]:
        """A task is changed by what is done with it."""
        shown = ("state_badge", "due", "asked", "origin", "files", "partner", "first_due_on", "result", "done_at")
        fixed = (*shown, "title", "text", "owner") if obj else ()
        return (*super().get_readonly_fields(request, obj), *fixed)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = request.actor
        return form

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> CooperationTask:
        """A new task is given by its action."""
        if change:
            return super().save_form(request, form, change)
        said = form.cleaned_data
        origin = {"text": said["text"], "plan": said["plan"]}
        form.instance = actions.give(request.actor, said["title"], said["owner"], said["due_on"], **origin)
        form.save_m2m = lambda: None
        return form.instance

    def save_model(self, request: HttpRequest, obj: CooperationTask, form: Any, change: bool) -> None:
        """Nothing of it is written by hand."""

    @display(description=_("Task"), ordering="title")
    def task(self, row: CooperationTask) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.title, row.number)

    @display(description=pgettext_lazy("task", "Due on"), ordering="due_on")
    def due(self, row: CooperationTask) -> SafeString | str:
        if overdue(row.state, row.due_on, clock.today()):
            words = _("%(day)s · overdue") % {"day": row.due_on}
            return show.tag(words, "red")
        return str(row.due_on)

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: CooperationTask) -> Any:
        return show.badge(row.state, TaskState)

    @display(description=_("More time asked for"))
    def asked(self, row: CooperationTask) -> str:
        return f"{row.wanted_until}: {row.wanted_reason}" if row.wanted_until else "—"

    @display(description=pgettext_lazy("task", "From"))
    def origin(self, row: CooperationTask) -> RowLink | str:
        source = row.from_what
        return "—" if source is None else RowLink(source, source.title)

    @display(description=_("Files"))
    def files(self, row: CooperationTask) -> Any:
        pairs = ((reverse("files:attachment", args=[file.key]), file.name) for file in tasks.files_of(row))
        return format_html_join("", '<a class="text-primary-600" href="{}">{}</a> ', pairs) or "—"
