"""The sheets of check items, inspections and findings: items of drafts come in, results only go out (R109–R114)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices.outlet_inspection import ListState
from partners.models import CheckItem, CheckList, CheckVersion, OutletInspection, OutletInspectionFinding
from portal.exchange.cells import DateCell, TextCell
from portal.exchange.columns import Column
from portal.exchange.keyed import KeyColumn
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class CheckListResource(BaseResource):
    """Code and kind are given once."""

    class Meta:
        model = CheckList
        import_id_fields = ("code",)
        fields = ("code", "title", "kind")
        fixed = ("kind",)


@register
class CheckItemResource(BaseResource):
    """The code names list, version and item; only drafts take rows."""

    class Meta:
        model = CheckItem
        import_id_fields = ("code",)
        fields = (
            "code", "place", "section", "text", "look_for", "requirement", "weight", "core", "photo", "days",
        )  # fmt: skip
        fixed = ("code",)
        renamed = {"text": ("Item", "议项"), "section": ("区域",)}

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        super().before_import(dataset, **kwargs)
        self.taken: set[tuple[int, str]] = set()

    def filled_later(self) -> set[str]:
        return {"version", "number"}

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """The code must name a draft of a list in sight."""
        errors = dict(import_validation_errors or {})
        if instance.version_id is None:
            check_list, _slash, rest = instance.code.rpartition("/")[0].rpartition("/")
            version = self._version(check_list, rest)
            if version is None:
                errors["code"] = ValidationError(_("No version is called so: write list code/version/item number."))
            else:
                instance.version, instance.number = version, instance.code.rpartition("/")[2]
                if self._is_taken(instance):
                    taken = _("This item number stands in the version already: choose another.")
                    errors["code"] = ValidationError(taken)
        if instance.version_id is not None and instance.version.state != ListState.DRAFT:
            errors["code"] = ValidationError(_("Only the items of a draft are written: make a new version."))
        super().validate_instance(instance, errors, **kwargs)

    def _is_taken(self, instance: CheckItem) -> bool:
        """WD-01/1/2.3 and WD-01/01/2.3 are two codes of one item."""
        named = (instance.version_id, instance.number)
        taken = named in self.taken or instance.version.items.filter(number=instance.number).exists()
        self.taken.add(named)
        return taken

    def _version(self, check_list: str, number: str) -> CheckVersion | None:
        if not (number.isascii() and number.isdigit() and len(number) < 5):
            return None
        rows = CheckVersion.objects.visible_to(self.actor).select_related("check_list")
        return rows.filter(check_list__code=check_list, number=int(number)).first()


@register
class InspectionResource(BaseResource):
    """Given out only."""

    submitted_on = Column("submitted_on", DateCell(), gettext_lazy("Submitted on"), shown_only=True)

    class Meta:
        model = OutletInspection
        import_id_fields = ("number",)
        fields = (
            "number", "outlet", "kind", "state", "planned_on", "submitted_on", "score", "core_failures", "grade",
            "representative", "summary", "cancel_reason",
        )  # fmt: skip
        shown_only = fields


@register
class FindingResource(BaseResource):
    """Given out only."""

    number = KeyColumn(
        "number", gettext_lazy("Finding number"), lambda row: f"{row.inspection.number}/{row.answer.item.number}", ""
    )
    outlet = Column("inspection__outlet__code", TextCell(), gettext_lazy("Outlet code"), shown_only=True)
    item = Column("answer__item__text", TextCell(), gettext_lazy("Check item"), shown_only=True)
    found = Column("answer__remark", TextCell(), gettext_lazy("What was found"), shown_only=True)

    class Meta:
        model = OutletInspectionFinding
        import_id_fields = ("number",)
        links = {"inspection": "number"}
        fields = (
            "number", "inspection", "outlet", "item", "found", "severity", "state", "due_on", "measures", "decision",
            "objection", "objection_answer",
        )  # fmt: skip
        shown_only = fields
