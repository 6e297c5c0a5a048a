"""Forms of diagnostic tools: the catalogue, asking, opening, refusing, withdrawing (R020)."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from partners.actions import tool_grant
from partners.actions.tool_grant import Terms
from partners.choices.tool_grant import ToolFunction
from partners.forms.course import ReasonForm, RowForm
from partners.forms.tool import day_field
from partners.models import DiagnosticTool, ProductLine, ProductModel, Staff, ToolGrant
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.errors import PortalError
from portal.kernel.named_fields import NamesItsFields
from portal.webkit.forms import PageForm

#: What a new grant proposes, in days.
PROPOSED = timedelta(days=364)


def _functions(widget: Any = forms.CheckboxSelectMultiple) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("Functions"),
        choices=ToolFunction.choices,
        widget=widget,
        error_messages={"required": _("Choose at least one function.")},
    )


def _several(rows: QuerySet[Any], label: Any, none_chosen: Any) -> forms.ModelMultipleChoiceField:
    """Boxes of which none need be ticked; `none_chosen` says what holds then."""
    return forms.ModelMultipleChoiceField(
        rows, label=label, required=False, widget=forms.CheckboxSelectMultiple, help_text=none_chosen
    )


class DiagnosticToolForm(NamesItsFields, forms.ModelForm):
    """A tool of the catalogue, its functions as boxes."""

    functions = _functions(UnfoldAdminCheckboxSelectMultipleWidget)

    class Meta:
        model = DiagnosticTool
        fields = ("code", "name", "functions", "product_lines", "risk", "address", "how", "active")


class NewGrantForm(NamesItsFields, forms.ModelForm):
    """A grant that nobody asked for; what the action would refuse stands at its field."""

    functions = _functions(UnfoldAdminCheckboxSelectMultipleWidget)
    actor: Actor

    class Meta:
        model = ToolGrant
        fields = (
            "tool",
            "partner",
            "functions",
            "valid_from",
            "valid_until",
            "product_lines",
            "product_models",
            "people",
            "conditions",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("valid_from", "valid_until"):
            if name in self.fields:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and "tool" in self.fields:
            try:
                tool_grant.check(values["tool"], values["partner"], self.terms())
            except PortalError as error:
                name = NAMES.get(getattr(error, "field", None) or "", getattr(error, "field", None))
                self.add_error(name if name in self.fields else None, str(error.message))
        return values

    def terms(self) -> Terms:
        """What was filled in."""
        return _terms(self.cleaned_data, "product_lines", "product_models")


#: How the terms are called in the model.
NAMES = {"lines": "product_lines", "models": "product_models"}


def _terms(values: dict[str, Any], lines: str = "lines", models: str = "models") -> Terms:
    return Terms(
        values["functions"],
        values["valid_from"],
        values["valid_until"],
        list(values[lines]),
        list(values[models]),
        list(values["people"]),
        values.get("conditions", ""),
    )


class ApproveGrantForm(RowForm):
    """On which terms a request is granted; what was asked for is proposed."""

    row: ToolGrant
    functions = _functions()
    valid_from = day_field(_("Valid from"))
    valid_until = day_field(_("Valid until"))
    lines = _several(ProductLine.objects.none(), _("Product lines"), _("None chosen: those of the tool."))
    models = _several(ProductModel.objects.none(), _("Product models"), _("None chosen: every model."))
    people = _several(
        Staff.objects.none(), _("For these people"), _("None chosen: every certified technician of the partner.")
    )
    conditions = forms.CharField(label=_("Conditions"), required=False, max_length=2000, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tool, today = self.row.tool, clock.today()
        offered = [(name, ToolFunction(name).label) for name in tool.functions]
        self.fields["functions"].choices = offered
        lines = tool.product_lines.all() or ProductLine.objects.all()
        self.fields["lines"].queryset = lines
        self.fields["models"].queryset = ProductModel.objects.filter(line__in=lines).order_by("code")
        people = Staff.objects.filter(outlet__partner=self.row.partner, active=True).select_related("outlet")
        self.fields["people"].queryset = people
        self.fields["people"].label_from_instance = lambda person: f"{person.name} · {person.outlet.name}"
        first = {
            "functions": self.row.functions,
            "valid_from": today,
            "valid_until": today + PROPOSED,
            "lines": list(self.row.product_lines.all()),
            "people": list(self.row.people.all()),
        }
        for name, value in first.items():
            self.fields[name].initial = value

    def save(self) -> ToolGrant:
        return tool_grant.approve(self.actor, self.row, _terms(self.cleaned_data))


class RefuseGrantForm(ReasonForm):
    """Why a request is not granted."""

    def save(self) -> ToolGrant:
        return tool_grant.refuse(self.actor, self.row, self.cleaned_data["reason"])


class WithdrawGrantForm(ReasonForm):
    """Why a grant does not hold any more."""

    def save(self) -> ToolGrant:
        return tool_grant.withdraw(self.actor, self.row, self.cleaned_data["reason"])


class AskForm(PageForm):
    """What a manager or a technician needs of a tool, and what for."""

    functions = forms.MultipleChoiceField(
        label=_("Functions"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one function.")},
    )
    lines = _several(ProductLine.objects.none(), _("Product lines"), _("None chosen: those of the tool."))
    people = _several(
        Staff.objects.none(), _("For these people"), _("None chosen: every certified technician of the partner.")
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what you need it for.")},
    )

    def __init__(self, *args: Any, actor: Actor, tool: DiagnosticTool, **kwargs: Any) -> None:
        self.actor, self.tool = actor, tool
        super().__init__(*args, **kwargs)
        self.fields["functions"].choices = [(name, ToolFunction(name).label) for name in tool.functions]
        lines = tool.product_lines.all()
        self.fields["lines"].queryset = lines
        if len(lines) < 2:
            del self.fields["lines"]
        people = Staff.objects.all().visible_to(actor).filter(active=True, user__isnull=False)
        self.fields["people"].queryset = people.select_related("outlet").order_by("outlet__code", "number")
        self.fields["people"].label_from_instance = lambda person: f"{person.name} · {person.outlet.name}"
        if actor.role == Role.TECHNICIAN:
            del self.fields["people"]

    def save(self) -> ToolGrant:
        values = self.cleaned_data
        return tool_grant.ask(
            self.actor,
            self.tool,
            values["functions"],
            values["reason"],
            lines=list(values.get("lines", ())),
            people=list(values.get("people", ())),
        )
