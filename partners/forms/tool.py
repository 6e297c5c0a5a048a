"""Forms of tools: register, change, calibrate, put into another state, reject a record (R179)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from partners.actions import tool, tool_calibration
from partners.choices import ServiceTier
from partners.choices.tool import CheckResult, ToolState
from partners.forms.course import ReasonForm
from partners.models import Calibration, Outlet, Staff, Tool, ToolType
from partners.rules.tool import MOVES
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.webkit.forms import PageForm, VersionedForm


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day by the browser's own picker, which takes one way of writing only."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class ToolTypeForm(NamesItsFields, forms.ModelForm):
    """A type of the catalogue, its tiers as boxes."""

    tiers = forms.MultipleChoiceField(
        label=_("Required for service tiers"),
        choices=ServiceTier.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Outlets of one of them must have it. Neither line nor tier: nobody must."),
    )

    class Meta:
        model = ToolType
        fields = ("code", "name", "kind", "interval_months", "product_lines", "tiers", "quantity", "active")


class ToolForm(VersionedForm):
    """One tool on the partner's page; a new one names its type, which is given once, and is registered once."""

    #: Whether the same form was sent before and its tool stands already.
    repeated = False

    type = forms.ModelChoiceField(
        ToolType.objects.none(), label=_("Tool type"), error_messages={"required": _("Choose the type of the tool.")}
    )
    number = forms.CharField(
        label=_("Asset number"), max_length=40, required=False, help_text=_("Empty: the portal gives one.")
    )
    outlet = forms.ModelChoiceField(Outlet.objects.none(), label=_("Outlet"), empty_label=None)
    holder = forms.ModelChoiceField(
        Staff.objects.none(),
        label=pgettext_lazy("tool", "Holder"),
        required=False,
        empty_label=_("It lies at the outlet"),
    )
    model = forms.CharField(label=_("Make and model"), max_length=120, required=False)
    serial = forms.CharField(label=_("Serial number"), max_length=80, required=False)
    bought_on = day_field(_("Bought on"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, actor: Actor, row: Tool | None = None, **kwargs: Any) -> None:
        self.actor, self.row = actor, row
        names = tool.CHANGEABLE
        given = {name: getattr(row, name) for name in names} if row else {}
        super().__init__(*args, initial={**given, **kwargs.pop("initial", {})}, **kwargs)
        outlets = Outlet.objects.all().visible_to(actor).filter(active=True)
        people = Staff.objects.all().visible_to(actor).filter(active=True).select_related("outlet")
        self.fields["outlet"].queryset = outlets
        self.fields["holder"].queryset = people.order_by("outlet__code", "number")
        self.fields["holder"].label_from_instance = lambda person: f"{person.name} · {person.outlet.name}"
        if row is None:
            self.fields["type"].queryset = ToolType.objects.filter(active=True)
        else:
            del self.fields["type"], self.fields["number"]

    def save(self) -> Tool:
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}
        if self.row is not None:
            return tool.change(self.actor, self.row, **values)
        new = Tool(**values)
        kept = tool.add(self.actor, new, key=self.sent_key)
        self.repeated = kept is not new
        return kept


class AdminToolForm(NamesItsFields, forms.ModelForm):
    """The same in the admin; what the action would refuse stands at its field."""

    class Meta:
        model = Tool
        fields = ("number", "type", "outlet", "model", "serial", "holder", "bought_on", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.home = self.instance.outlet.partner_id if self.instance.pk else None
        if "number" in self.fields:
            self.fields["number"].required = False
            self.fields["number"].help_text = _("Empty: the portal gives one.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        outlet, kind = values.get("outlet"), values.get("type")
        if self.home and outlet is not None and outlet.partner_id != self.home:
            self.add_error("outlet", _("A tool moves between the outlets of one partner only."))
        if kind is not None and not kind.active:
            self.add_error("type", _("This type is not in the catalogue any more."))
        return values

    def _get_validation_exclusions(self) -> set[str]:
        """The number is filled when the portal gives it."""
        found = super()._get_validation_exclusions()
        return found | {"number"} if not self.cleaned_data.get("number") else found


class CalibrationForm(PageForm):
    """The certificate of one calibration with its file; for the partner's page and the admin's button."""

    checked_on = day_field(_("Calibrated on"))
    body = forms.CharField(label=_("Testing body"), max_length=120)
    certificate_number = forms.CharField(label=_("Certificate number"), max_length=60)
    result = forms.ChoiceField(
        label=_("Result"), choices=CheckResult.choices, widget=forms.RadioSelect, initial=CheckResult.PASSED
    )
    file = forms.FileField(
        label=_("Certificate"),
        help_text=_("PDF, JPEG, PNG or WebP, 20 MB."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png,image/webp"}),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, actor: Actor, row: Tool, **kwargs: Any) -> None:
        self.actor, self.row = actor, row
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = clock.today

    def save(self) -> Calibration:
        values = dict(self.cleaned_data)
        upload = values.pop("file")
        return tool_calibration.record(self.actor, Calibration(tool=self.row, **values), upload)


class AdminCalibrationForm(CalibrationForm):
    """In the admin a record may come without its paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].required = False


class ToolStateForm(PageForm):
    """Another state, and why."""

    state = forms.ChoiceField(label=_("State"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, actor: Actor, row: Tool, **kwargs: Any) -> None:
        self.actor, self.row = actor, row
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(s.value, s.label) for s in ToolState if s in MOVES[row.state]]

    def save(self) -> Tool:
        return tool.set_state(self.actor, self.row, self.cleaned_data["state"], self.cleaned_data["reason"])


class RejectCalibrationForm(ReasonForm):
    """Why a certificate does not count."""

    row: Calibration

    def save(self) -> Calibration:
        return tool_calibration.reject(self.actor, self.row, self.cleaned_data["reason"])
