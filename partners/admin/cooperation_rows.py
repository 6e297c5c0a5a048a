"""Goals, resources and groups of all plans side by side; they are written in their plans or by a sheet (R072, R077)."""

from typing import Any

from django.contrib import admin
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import NetworkAdmin
from partners.choices.cooperation import PlanStage, ResourceKind, Side
from partners.models import GroupMember, PlanGoal, PlanResource
from portal.adminkit.filters import ScopedRelatedFilter
from portal.kernel import clock
from portal.webkit import show


@admin.register(PlanGoal)
class PlanGoalAdmin(NetworkAdmin):
    """All goals side by side; they are written in their plans or by a sheet."""

    roles_add = roles_change = frozenset()
    list_display = ("what", "plan", "goal", "achieved_shown", "due_on", "stage_badge")
    list_filter = (("plan__stage", ChoicesDropdownFilter), ("plan__partner", ScopedRelatedFilter))
    list_filter_submit = True
    list_select_related = ("plan__partner",)
    search_fields = ("number", "what", "plan__title", "plan__number", "plan__partner__short_name")
    search_help_text = _("Goal, plan or partner")
    fields = ("plan", "what", ("target", "unit", "at_most"), "due_on", "achieved")

    @display(description=pgettext_lazy("goal", "Target"), ordering="target")
    def goal(self, row: PlanGoal) -> str:
        return f"{'≤' if row.at_most else '≥'} {row.target.normalize():f} {row.unit}"

    @display(description=_("Achieved"), ordering="achieved")
    def achieved_shown(self, row: PlanGoal) -> SafeString | str:
        if row.achieved is None:
            return "—"
        return show.tag(f"{row.achieved.normalize():f} {row.unit}", "green" if row.facts().reached else "red")

    @display(description=_("Stage"), ordering="plan__stage")
    def stage_badge(self, row: PlanGoal) -> Any:
        return show.badge(row.plan.stage, PlanStage)


@admin.register(PlanResource)
class PlanResourceAdmin(NetworkAdmin):
    """What was promised by whom until when, and whether it came."""

    roles_add = roles_change = frozenset()
    list_display = ("what", "plan", "kind_badge", "side_badge", "due", "provided_on")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("side", ChoicesDropdownFilter),
        ("plan__partner", ScopedRelatedFilter),
    )
    list_filter_submit = True
    list_select_related = ("plan__partner",)
    search_fields = ("what", "plan__title", "plan__number")
    search_help_text = _("Resource or plan")
    fields = ("plan", ("kind", "what"), "side", ("due_on", "provided_on"))

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: PlanResource) -> Any:
        return show.badge(row.kind, ResourceKind)

    @display(description=_("Provided by"), ordering="side")
    def side_badge(self, row: PlanResource) -> Any:
        return show.badge(row.side, Side)

    @display(description=pgettext_lazy("task", "Due on"), ordering="due_on")
    def due(self, row: PlanResource) -> SafeString | str:
        if row.provided_on is None and row.plan.is_live and row.due_on < clock.today():
            return show.tag(row.due_on, "red")
        return str(row.due_on)


@admin.register(GroupMember)
class GroupMemberAdmin(NetworkAdmin):
    """Who belongs to which coordination group."""

    roles_add = roles_change = frozenset()
    list_display = ("name", "function", "side_badge", "plan", "since", "until")
    list_filter = (("side", ChoicesDropdownFilter), ("plan__partner", ScopedRelatedFilter))
    list_filter_submit = True
    list_select_related = ("plan__partner",)
    search_fields = ("name", "function", "plan__title", "plan__number")
    search_help_text = _("Name, function or plan")
    fields = ("plan", ("name", "function"), "side", ("phone", "email"), "user", ("since", "until"))

    @display(description=pgettext_lazy("group", "Side"), ordering="side")
    def side_badge(self, row: GroupMember) -> Any:
        return show.badge(row.side, Side)
