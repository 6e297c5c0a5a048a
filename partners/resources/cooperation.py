"""The sheets of cooperation plans, their goals and tasks; meetings with their decisions go out only (R071, R076)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import cooperation, cooperation_task
from partners.choices.cooperation import PlanStage
from partners.models import CooperationPlan, CooperationTask, Meeting, PlanGoal
from portal.exchange.cells import TextCell
from portal.exchange.columns import Column
from portal.exchange.keyed import NumberCell, NumberedResource
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from portal.kernel.errors import PortalError

_WRITTEN = ("title", "content", "valid_from", "valid_until")
#: What of a goal both sides agreed on; what was achieved is entered later.
_AGREED = ("what", "target", "unit", "at_most", "due_on")


def differs(instance: Any, names: tuple[str, ...]) -> bool:
    """Whether a row says anything else in these columns than what is stored; a new one always does."""
    stored = type(instance)._base_manager.filter(pk=instance.pk).first()
    return stored is None or any(getattr(stored, name) != getattr(instance, name) for name in names)


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
        if instance.stage != PlanStage.PLAN and differs(instance, _WRITTEN):
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
        if plan is not None and not plan.is_live and differs(instance, (*_AGREED, "achieved")):
            errors.setdefault("plan", ValidationError(_("This plan is at its end.")))
        elif plan is not None and plan.stage != PlanStage.PLAN and differs(instance, _AGREED):
            errors.setdefault("plan", ValidationError(_("This plan was agreed on: only what was achieved is entered.")))
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        super().write(instance, new=new)
        cooperation.revised(self.actor, instance.plan, [str(PlanGoal._meta.verbose_name_plural)])


@register
class CooperationTaskResource(NumberedResource):
    """New tasks get a number of their own."""

    number = Column("number", NumberCell(), gettext_lazy("Task number"), required=True, unique=True)

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
