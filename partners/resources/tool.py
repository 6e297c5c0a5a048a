"""The sheets of tool types, tools and calibrations; each row goes through the action of its button (R179)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.actions import tool, tool_calibration
from partners.choices import ServiceTier
from partners.models import Calibration, Tool, ToolType
from partners.resources.deed import through
from portal.exchange.cells import ChoiceCell, ListCell
from portal.exchange.columns import Column
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class ToolTypeResource(BaseResource):
    tiers = Column(
        "tiers", ListCell(ChoiceCell(ServiceTier.choices)), _("Required for service tiers"), aliases=("必备的服务层级",)
    )

    class Meta:
        model = ToolType
        import_id_fields = ("code",)
        fields = ("code", "name", "kind", "interval_months", "product_lines", "tiers", "quantity", "active")

    def write(self, instance: ToolType, *, new: bool) -> None:
        through(lambda: tool.keep_type(self.actor, instance), self)


@register
class ToolResource(BaseResource):
    class Meta:
        model = Tool
        import_id_fields = ("number",)
        fields = (
            "number",
            "type",
            "outlet",
            "model",
            "serial",
            "holder",
            "bought_on",
            "note",
            "state",
            "due_on",
        )
        links = {"holder": "number"}
        fixed = ("type",)
        shown_only = ("state", "due_on")

    def write(self, instance: Tool, *, new: bool) -> None:
        if new:
            through(lambda: tool.add(self.actor, instance), self)
            return
        values = {name: getattr(instance, name) for name in tool.CHANGEABLE}
        stored = Tool.objects.get(pk=instance.pk)
        through(lambda: tool.change(self.actor, stored, **values), self)


@register
class CalibrationResource(BaseResource):
    """A new certificate is recorded; what is recorded is not changed any more."""

    class Meta:
        model = Calibration
        import_id_fields = ("certificate_number",)
        fields = ("certificate_number", "tool", "checked_on", "body", "result", "note", "rejected_reason")
        links = {"tool": "number"}
        fixed = ("tool", "checked_on", "body", "result", "note")
        shown_only = ("rejected_reason",)

    def get_instance(self, instance_loader: Any, row: dict[str, str]) -> Calibration | None:
        """The same number may stand on another tool's certificate, and on one that was rejected."""
        key, number = row[self.key.column_name].strip(), row.get("tool", "").strip()
        rows = self.get_queryset().filter(certificate_number=key, rejected_at=None)
        return rows.filter(tool__number=number).first() if number else rows.first()

    def filled_later(self) -> set[str]:
        return {"recorded_at", "recorded_by"}

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """What the action would refuse is told before anything is written."""
        super().validate_instance(instance, import_validation_errors, **kwargs)
        if instance.pk is None:
            through(lambda: tool_calibration.possible(instance.tool, instance), self)

    def write(self, instance: Calibration, *, new: bool) -> None:
        if new:
            through(lambda: tool_calibration.record(self.actor, instance), self)
