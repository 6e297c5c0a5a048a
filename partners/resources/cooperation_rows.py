"""The sheets of what stands below a plan, and of meeting cycles: rows without a number (R072, R076, R077)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from partners.actions import cooperation
from partners.models import CooperationPlan, GroupMember, MeetingCycle, PlanResource
from partners.resources.cooperation import differs
from partners.rules.meeting import KEEPERS
from portal.accounts.models import Membership
from portal.exchange.keyed import PairedResource
from portal.exchange.registry import register


class OfLivePlan(PairedResource):
    """Rows of a plan that goes on; the plan's journal says that they changed."""

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        plan: CooperationPlan | None = instance.plan if instance.plan_id else None
        names = tuple(name for name in self._meta.fields if name != "plan")
        if plan is not None and not plan.is_live and differs(instance, names):
            errors.setdefault("plan", ValidationError(_("This plan is at its end.")))
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        super().write(instance, new=new)
        cooperation.revised(self.actor, instance.plan, [str(instance._meta.verbose_name_plural)])


@register
class PlanResourceResource(OfLivePlan):
    together = ("plan", "what")

    class Meta:
        model = PlanResource
        import_id_fields = ("what",)
        fields = ("plan", "what", "kind", "side", "due_on", "provided_on")
        links = {"plan": "number"}
        fixed = ("plan",)


@register
class GroupMemberResource(OfLivePlan):
    together = ("plan", "name")

    class Meta:
        model = GroupMember
        import_id_fields = ("name",)
        fields = ("plan", "name", "side", "function", "phone", "email", "user", "since", "until")
        links = {"plan": "number", "user": "username"}
        fixed = ("plan",)
        personal = {"phone": "phone", "email": "email"}
        renamed = {"user": ("账户",)}


@register
class MeetingCycleResource(PairedResource):
    """Named by kind, partner and plan: two cycles of the same are one too many."""

    together = ("kind", "partner", "plan")

    class Meta:
        model = MeetingCycle
        import_id_fields = ("kind",)
        fields = ("kind", "partner", "plan", "months", "since", "owner", "place", "active")
        links = {"plan": "number", "owner": "username"}
        fixed = ("kind", "partner", "plan")

    def validate_instance(
        self, instance: MeetingCycle, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        if instance.owner_id and not _keeps(instance):
            errors.setdefault("owner", ValidationError(_("Only brand managers prepare and hold meetings.")))
        super().validate_instance(instance, errors, validate_unique)


def _keeps(cycle: MeetingCycle) -> bool:
    held = Membership.objects.filter(user=cycle.owner_id, active=True, role__in=KEEPERS)
    return cycle.owner.is_active and held.exists()
