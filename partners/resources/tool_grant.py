"""The sheets of diagnostic tools and their grants, and the log of use to take out (R020)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.actions import tool_grant
from partners.actions.tool_grant import Terms
from partners.choices.tool_grant import ToolFunction, UseResult
from partners.models import DiagnosticTool, ToolGrant, ToolUse
from partners.resources.deed import through
from portal.exchange.cells import Cell, ChoiceCell, ListCell, TextCell
from portal.exchange.columns import Column
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from portal.kernel import clock

FUNCTIONS = ListCell(ChoiceCell(ToolFunction.choices))


@register
class DiagnosticToolResource(BaseResource):
    functions = Column("functions", FUNCTIONS, _("Functions"), required=True)

    class Meta:
        model = DiagnosticTool
        import_id_fields = ("code",)
        fields = ("code", "name", "functions", "product_lines", "risk", "address", "how", "active")


@register
class ToolGrantResource(BaseResource):
    """A new row opens a tool, by the same rules as the button; a known one is only shown."""

    functions = Column("functions", FUNCTIONS, _("Functions"), required=True, fixed=True)

    class Meta:
        model = ToolGrant
        import_id_fields = ("number",)
        fields = (
            "number",
            "tool",
            "partner",
            "functions",
            "valid_from",
            "valid_until",
            "product_lines",
            "product_models",
            "people",
            "conditions",
            "state",
        )
        links = {"people": "number"}
        fixed = ("tool", "partner", "valid_from", "valid_until", "conditions")
        shown_only = ("state",)

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """What the action would refuse is told before anything is written."""
        errors = dict(import_validation_errors or {})
        for name in ("valid_from", "valid_until"):
            if getattr(instance, name) is None and name not in errors:
                errors[name] = [_("A grant says from when until when it holds.")]
        super().validate_instance(instance, errors, **kwargs)
        if instance.pk is not None:
            self._links_as_they_were(instance)
        else:
            through(lambda: tool_grant.check(instance.tool, instance.partner, self._terms(instance)), self)

    def save_instance(self, instance: Any, is_create: bool, row: dict[str, str], **kwargs: Any) -> None:
        """The action sets the links of a new row; those of a known one stay."""
        self.asked = self._terms(instance) if is_create else None
        self.links = {}
        super().save_instance(instance, is_create, row, **kwargs)

    def write(self, instance: ToolGrant, *, new: bool) -> None:
        if new and self.asked is not None:
            grant, terms = tool_grant.grant, self.asked
            made = through(lambda: grant(self.actor, instance.tool, instance.partner, terms, instance.number), self)
            instance.pk, instance.state = made.pk, made.state

    def _links_as_they_were(self, instance: ToolGrant) -> None:
        """Lines, models and people are given once, like the rest."""
        for name in self.links:
            if self._after(instance, self.fields[name]) != self.before[name]:
                raise ValidationError({name: _("A grant is given once: other terms are another grant.")})

    def _terms(self, instance: ToolGrant) -> Terms:
        links: dict[str, Any] = self.links
        return Terms(
            instance.functions,
            instance.valid_from,  # type: ignore[arg-type]
            instance.valid_until,  # type: ignore[arg-type]
            links.get("product_lines", ()),
            links.get("product_models", ()),
            links.get("people", ()),
            instance.conditions,
        )


class MomentCell(Cell):
    """A moment in Asia/Shanghai, to be read."""

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return f"{clock.local(value):%Y-%m-%d %H:%M:%S}" if value else ""


@register
class ToolUseResource(BaseResource):
    """To take out only: the log is written by the tool's opening."""

    opened_at = Column("opened_at", MomentCell(), pgettext_lazy("tool use", "Opened at"), shown_only=True)
    tool = Column("grant__tool__name", TextCell(), _("Diagnostic tool"), shown_only=True)
    partner = Column("grant__partner__short_name", TextCell(), _("Partner"), shown_only=True)
    result = Column("outcome__result", ChoiceCell(UseResult.choices), _("Result"), shown_only=True)
    told = Column("outcome__note", TextCell(), _("Note"), shown_only=True)

    class Meta:
        model = ToolUse
        import_id_fields = ("ticket_number",)
        fields = (
            "opened_at",
            "ticket_number",
            "tool",
            "function",
            "purpose",
            "result",
            "told",
            "partner",
            "staff",
            "grant",
            "product_line",
            "product_model",
            "serial_number",
        )
        links = {"staff": "name", "grant": "number"}
        shown_only = (
            "ticket_number",
            "function",
            "purpose",
            "staff",
            "grant",
            "product_line",
            "product_model",
            "serial_number",
        )

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("grant__tool", "grant__partner", "outcome")
