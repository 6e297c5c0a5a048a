"""The sheet of maintenance plans (R191)."""

from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from tickets.actions import maintenance
from tickets.models import MaintenancePlan


@register
class MaintenancePlanResource(BaseResource):
    class Meta:
        model = MaintenancePlan
        import_id_fields = ("number",)
        fields = (
            "number", "equipment", "agreement", "months", "first_day", "last_day", "lead_days", "outlet",
            "instructions",
            "active",
        )  # fmt: skip
        links = {"equipment": "serial_number", "agreement": "number"}
        fixed = ("equipment", "agreement")

    def write(self, instance: MaintenancePlan, *, new: bool) -> None:
        """A plan from a sheet lays its visits out as one from the page."""
        maintenance.save_plan(self.actor, instance)
