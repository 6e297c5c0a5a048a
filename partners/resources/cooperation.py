"""The sheets of plans, goals, resources, tasks and meeting cycles; meetings with decisions go out only (R071, R076)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import cooperation, cooperation_task
from partners.choices.cooperation import PlanStage
from partners.models import CooperationPlan, CooperationTask, Meeting, MeetingCycle, PlanGoal, PlanResource
from portal.exchange.cells import TextCell
from portal.exchange.columns import Column
from portal.exchange.keyed import PairedResource
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from portal.kernel.errors import PortalError

#: What of a goal both sides agreed on; what was achieved is entered later.
_AGREED = ("what", "target", "unit", "at_most", "due_on")


@register
class CooperationPlanResource(BaseResource):
    class Meta:
        model = CooperationPlan
        import_id_fields = ("number",)
        fields = ("number", "partner", "title", "content", "valid_from", "valid_until", "stage")
        shown_only = ("stage",)
        fixed = ("partner",)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        if instance.pk and instance.stage != PlanStage.PLAN:
            errors.setdefault("number", ValidationError(_("This plan was agreed on: it is not changed any more.")))
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        """By the actions: a new plan has its entry, a changed one is agreed on again."""
        if new:
            cooperation.write(self.actor, instance)
            return
        super().write(instance, new=False)
        cooperation.revised(self.actor, instance, [_("From a sheet")])


@register
class PlanGoalResource(BaseResource):
    class Meta:
        model = PlanGoal
        import_id_fields = ("number",)
        fields = ("number", "plan", "what", "target", "unit", "at_most", "due_on", "achieved")
        links = {"plan": "number"}
        fixed = ("plan",)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Goals are set while the plan is one; what was achieved is entered later."""
        errors = dict(import_validation_errors or {})
        plan = instance.plan if instance.plan_id else None
        if plan is not None and not plan.is_live:
            errors.setdefault("plan", ValidationError(_("This plan is at its end.")))
        elif plan is not None and plan.stage != PlanStage.PLAN and self._sets(instance):
            errors.setdefault("plan", ValidationError(_("This plan was agreed on: only what was achieved is entered.")))
        super().validate_instance(instance, errors, validate_unique)

    def _sets(self, instance: PlanGoal) -> bool:
        """Whether the row says anything else of what was agreed than what is stored."""
        stored = PlanGoal.objects.filter(pk=instance.pk).first()
        return stored is None or any(getattr(stored, name) != getattr(instance, name) for name in _AGREED)

    def write(self, instance: Any, *, new: bool) -> None:
        super().write(instance, new=new)
        cooperation.revised(self.actor, instance.plan, [str(PlanGoal._meta.verbose_name_plural)])


@register
class PlanResourceResource(PairedResource):
    """A resource is named by its plan and what it is."""

    together = ("plan", "what")

    class Meta:
        model = PlanResource
        import_id_fields = ("what",)
        fields = ("plan", "what", "kind", "side", "due_on", "provided_on")
        links = {"plan": "number"}

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        if instance.plan_id and not instance.plan.is_live:
            errors.setdefault("plan", ValidationError(_("This plan is at its end.")))
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        super().write(instance, new=new)
        cooperation.revised(self.actor, instance.plan, [str(PlanResource._meta.verbose_name_plural)])


@register
class CooperationTaskResource(BaseResource):
    """New tasks get a number of their own: write any mark that tells the rows apart, such as 1, 2, 3."""

    class Meta:
        model = CooperationTask
        import_id_fields = ("number",)
        fields = ("number", "title", "text", "owner", "due_on", "plan", "state", "result")
        links = {"owner": "username", "plan": "number"}
        shown_only = ("state", "result")
        fixed = ("title", "text", "owner", "due_on", "plan")

    def filled_later(self) -> set[str]:
        return {"first_due_on", "given_at"}

    def write(self, instance: Any, *, new: bool) -> None:
        """By the action; a task that is there is changed by its own steps."""
        if not new:
            return
        said = {"text": instance.text, "plan": instance.plan}
        try:
            made = cooperation_task.give(self.actor, instance.title, instance.owner, instance.due_on, **said)
        except PortalError as error:
            raise ValidationError({getattr(error, "field", None) or "number": str(error.message)}) from error
        vars(instance).update(vars(made))


@register
class MeetingResource(BaseResource):
    """Goes out only."""

    day = Column("day", TextCell(), gettext_lazy("Day"), shown_only=True)
    decided = Column("decided", TextCell(), gettext_lazy("Decisions"), shown_only=True)

    class Meta:
        model = Meeting
        import_id_fields = ("number",)
        fields = ("number", "kind", "title", "partners", "day", "place", "state", "decided")
        shown_only = ("kind", "title", "partners", "place", "state")


@register
class MeetingCycleResource(PairedResource):
    """A cycle is named by its kind, its partner and its plan."""

    together = ("kind", "partner", "plan")

    class Meta:
        model = MeetingCycle
        import_id_fields = ("kind",)
        fields = ("kind", "partner", "plan", "months", "since", "owner", "place", "active")
        links = {"plan": "number", "owner": "username"}
