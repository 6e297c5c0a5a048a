"""Cooperation plans with goals, resources, group and board (R071–R078)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.actions import cooperation as actions
from partners.actions import cooperation_board
from partners.admin.base import MANAGER, NetworkAdmin
from partners.choices.cooperation import PlanStage, Side, TaskState
from partners.forms import cooperation as forms
from partners.forms.meeting import PlanMeetingForm
from partners.models import CooperationPlan, CooperationTask, GroupMember, Meeting, PlanGoal, PlanResource
from partners.queries import cooperation as plans
from partners.rules.cooperation import ABOUT, STEPS, may_advance
from portal.accounts.models import User
from portal.accounts.roles import BRAND, READERS
from portal.adminkit.base import BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.webkit import show


class PlanInline(BaseTabularInline):
    """Rows of a live plan: brand managers keep them."""

    hide_title = True
    roles_view = READERS
    roles_add = roles_change = roles_delete = MANAGER
    #: In which stages rows come and go.
    stages: frozenset[str] = frozenset(STEPS)

    def _open(self, obj: Any) -> bool:
        return obj is None or obj.stage in self.stages

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or obj.is_live) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._open(obj) and super().has_delete_permission(request, obj)


class GoalInline(PlanInline):
    """What was agreed stands; what was achieved is entered while the plan is carried out and evaluated."""

    model = PlanGoal
    stages = frozenset({PlanStage.PLAN})
    fields = ("what", "target", "unit", "at_most", "due_on", "achieved")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None or obj.stage == PlanStage.PLAN:
            return ("achieved",)
        measured = obj.stage in (PlanStage.SERVICE, PlanStage.EVALUATION)
        return ("what", "target", "unit", "at_most", "due_on", *(() if measured else ("achieved",)))


class ResourceInline(PlanInline):
    model = PlanResource
    fields = ("kind", "what", "side", "due_on", "provided_on")


class MemberInline(PlanInline):
    model = GroupMember
    fields = ("side", "name", "function", "phone", "email", "user", "since", "until")
    autocomplete_fields = ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "user":
            kwargs["queryset"] = User.scoped.all().visible_to(request.actor).filter(is_active=True)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class TaskInline(SummaryInline):
    model = CooperationTask
    fk_name = "plan"
    roles_view = READERS
    fields = ("page", "owner", "due_on", "state_badge")

    @display(description=_("State"))
    def state_badge(self, row: CooperationTask) -> Any:
        return show.badge(row.state, TaskState)


class MeetingInline(SummaryInline):
    model = Meeting
    roles_view = READERS
    fields = ("page", "starts_at", "state")


def _in(*stages: PlanStage) -> Any:
    return lambda row: row.stage in stages


def _live(row: CooperationPlan) -> bool:
    return row.is_live


def _complete(row: CooperationPlan) -> bool:
    return bool(may_advance(row.facts()))


@admin.register(CooperationPlan)
class CooperationPlanAdmin(DeedAdmin, NetworkAdmin):
    roles_change = BRAND
    deeds = {
        "advance": Deed(_("On to the next stage"), forms.AdvanceForm, _complete, roles=MANAGER),
        "agree": Deed(
            _("Agree for the brand"),
            forms.AgreeForm,
            lambda row: row.stage == PlanStage.PLAN and not row.brand_agreed_at and row.goals.exists(),
            roles=MANAGER,
        ),
        "evaluate": Deed(_("Judge the effect"), forms.EvaluateForm, _in(PlanStage.EVALUATION), roles=MANAGER),
        "sum_up": Deed(_("Write down what was learnt"), forms.SumUpForm, _in(PlanStage.EXPERIENCE), roles=MANAGER),
        "post": Deed(_("Send a message"), forms.PostForm, _live, files=True),
        "task": Deed(_("Give a task"), forms.TaskForm, _live, roles=MANAGER),
        "meeting": Deed(_("Plan a meeting"), PlanMeetingForm, _live, roles=MANAGER),
        "stop": Deed(_("Stop the plan"), forms.StopForm, _live, grave=True, roles=MANAGER),
    }  # fmt: skip
    inlines = (GoalInline, ResourceInline, MemberInline, TaskInline, MeetingInline)
    change_form_outer_before_template = "admin/partners/cooperationplan/_top.html"
    change_form_outer_after_template = "admin/partners/cooperationplan/_whole.html"
    list_display = ("plan", "partner", "stage_badge", "term", "tasks", "unread")
    list_filter = (("stage", ChoicesDropdownFilter), ("partner", ScopedRelatedFilter))
    list_filter_submit = True
    search_fields = ("number", "title", "partner__name", "partner__short_name")
    search_help_text = _("Plan number, title or partner")
    autocomplete_fields = ("partner",)
    fieldsets = ((None, {"fields": (("number", "partner"), "title", "content", ("valid_from", "valid_until"))}),)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = plans.plans_of(request.actor)
        return rows.order_by(*self.get_ordering(request) or ("-valid_from", "number"))

    def get_readonly_fields(self, request: HttpRequest, obj: CooperationPlan | None = None) -> tuple[str, ...]:
        """Number and partner are given once; what was agreed is not rewritten; only managers write."""
        fixed: tuple[str, ...] = ("number", "partner") if obj else ()
        if obj is not None and (obj.stage != PlanStage.PLAN or request.actor.role not in MANAGER):
            fixed += ("title", "content", "valid_from", "valid_until")
        return (*super().get_readonly_fields(request, obj), *fixed)

    def save_model(self, request: HttpRequest, obj: CooperationPlan, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            actions.write(request.actor, obj)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What was changed of a plan that is there already is told, and agreed on again."""
        super().save_related(request, form, formsets, change)
        what = [str(self.model._meta.get_field(name).verbose_name) for name in form.changed_data]
        what += [str(one.model._meta.verbose_name) for one in formsets if one.has_changed()]
        if change and what:
            actions.revised(request.actor, form.instance, what)

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        row = self.get_object(request, object_id) if object_id else None
        whole = self._whole(request, row) if row else {}
        return super().changeform_view(request, object_id, form_url, {**whole, **(extra_context or {})})

    def _whole(self, request: HttpRequest, row: CooperationPlan) -> dict[str, Any]:
        cooperation_board.mark_read(request.actor, row)
        stages = list(STEPS)
        return {
            "plan": row,
            "steps": [PlanStage(stage).label for stage in stages],
            "current": stages.index(row.stage) if row.stage in stages else len(stages),
            "about": ABOUT.get(row.stage, ""),
            "missing": may_advance(row.facts()) if row.is_live else None,
            "board": plans.board(row),
            "events": entries_for(row).order_by("-sequence"),
            "Side": Side,
            "PlanStage": PlanStage,
        }

    @display(description=_("Cooperation plan"), ordering="number")
    def plan(self, row: CooperationPlan) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.title, row.number)

    @display(description=_("Stage"), ordering="stage")
    def stage_badge(self, row: CooperationPlan) -> Any:
        return show.badge(row.stage, PlanStage)

    @display(description=_("Term"), ordering="valid_until")
    def term(self, row: CooperationPlan) -> SafeString | str:
        text = f"{row.valid_from} – {row.valid_until}"
        # Evaluation and experience come after the term.
        running = (PlanStage.PLAN, PlanStage.RESOURCES, PlanStage.SERVICE)
        over = row.stage in running and row.valid_until < clock.today()
        return show.tag(text, "red") if over else text

    @display(description=_("Open tasks"))
    def tasks(self, row: Any) -> SafeString | str:
        if not row.open_count:
            return "—"
        if not row.late_count:
            return str(row.open_count)
        words = _("%(open)d, %(late)d overdue") % {"open": row.open_count, "late": row.late_count}
        return show.tag(words, "red")

    @display(description=_("New messages"))
    def unread(self, row: Any) -> SafeString | str:
        return show.tag(_("new"), "blue") if row.news else "—"
