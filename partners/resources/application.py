"""The sheet of partner applications: brand managers enter what applicants brought, with its outlets (R105, R182)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import application as actions
from partners.models import ApplicationOutlet, PartnerApplication
from partners.rules.application import EDITABLE
from portal.exchange.cells import Cell
from portal.exchange.columns import Column
from portal.exchange.keyed import NumberCell, NumberedResource
from portal.exchange.registry import register
from portal.workflow.corridor import lock_row

PARTS = ("name", "region", "address", "phone")


class OutletsCell(Cell):
    """Outlets, one a line or divided by |; the four parts of each by a semicolon."""

    hint = gettext_lazy("Name; region; address; telephone — several outlets one a line or divided by |")

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> list[dict[str, str]]:
        return super().clean(value, row, **kwargs) or []

    def value(self, text: str) -> list[dict[str, str]]:
        return [self._outlet(line) for line in text.replace("\n", "|").split("|") if line.strip()]

    @staticmethod
    def _outlet(line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.replace("；", ";").split(";")]
        if len(parts) != len(PARTS) or not all(parts):
            raise ValueError(
                _("An outlet has four parts: name; region; address; telephone. This has not: %s") % line[:60]
            )
        return dict(zip(PARTS, parts, strict=True))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join("; ".join(outlet[part] for part in PARTS) for outlet in value or [])


class OutletsColumn(Column):
    """The outlets of the application; entered with it, later changed on its page."""

    def get_value(self, instance: Any) -> list[dict[str, str]]:
        if not instance.pk:
            return instance.__dict__.get("_outlets", [])
        return [{part: getattr(outlet, part) for part in PARTS} for outlet in instance.outlets.all()]


def _closed(row: PartnerApplication) -> dict[str, ValidationError]:
    """Why nothing of it is corrected any more; empty while the brand manager holds it."""
    if row.state in EDITABLE:
        return {}
    words = _("The application is “%(state)s” now.") % {"state": row.get_state_display()}
    return {"number": ValidationError(words)}


@register
class PartnerApplicationResource(NumberedResource):
    number = Column("number", NumberCell(), gettext_lazy("Application number"), required=True)
    outlets = OutletsColumn("outlets", OutletsCell(), gettext_lazy("Outlets"), fixed=True)

    class Meta:
        model = PartnerApplication
        import_id_fields = ("number",)
        fields = (
            "number", "name", "short_name", "channel_type", "uscc", "uscc_exception", "legal_representative", "region",
            "address", "contact_name", "phone", "email", "areas", "product_lines", "tier", "note", "outlets", "state",
            "source", "remark",
        )  # fmt: skip
        shown_only = ("state", "source", "remark")
        personal = {"contact_name": "name", "phone": "phone", "email": "email"}
        region = "region"
        rehearse = True

    def get_queryset(self) -> Any:
        return super().get_queryset().prefetch_related("outlets")

    def put(self, instance: Any, column: Column, value: Any) -> None:
        if isinstance(column, OutletsColumn):
            instance.__dict__["_outlets"] = value
        else:
            super().put(instance, column, value)

    def filled_later(self) -> set[str]:
        return {"created_at", "product_lines"}

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        if self.before:
            errors.update(_closed(instance))
        for outlet in instance.__dict__.get("_outlets", []):
            try:
                ApplicationOutlet(**outlet).full_clean(exclude=["application"])
            except ValidationError as error:
                errors["outlets"] = ValidationError(error.messages)
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        """A new application is entered by its action: number, journal, outlets."""
        if new:
            actions.enter(self.actor, instance, outlets=instance.__dict__.get("_outlets", []))
            return
        if closed := _closed(lock_row(instance)):
            raise ValidationError(closed)
        super().write(instance, new=new)
