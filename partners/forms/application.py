"""Forms of an application: the public one, and the decisions (R105, R184)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDateWidget

from partners.actions import application, onboarding
from partners.choices import ChannelType, ServiceTier
from partners.forms.region import regions_field
from partners.models import Partner, PartnerApplication, ProductLine
from partners.queries.region import known_regions
from partners.rules import uscc
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.named_fields import NamesItsFields
from portal.kernel.phone import PHONE
from portal.webkit.forms import PageForm, VersionedForm
from portal.webkit.widgets import ManyFilesField

MOST_OUTLETS = 10
EMPTY = ("", "---------")


def _regions() -> list[tuple[str, str]]:
    return [(region, region) for region in known_regions()]


class ApplyForm(VersionedForm):
    """The company, what it asks for and its papers; for a company that applies itself."""

    name = forms.CharField(label=_("Company name"), max_length=120)
    short_name = forms.CharField(label=_("Short name"), max_length=40)
    channel_type = forms.ChoiceField(label=_("Channel type"), choices=ChannelType.choices)
    uscc = forms.CharField(
        label=_("Unified social credit code"),
        max_length=30,
        help_text=_("18 characters, on the business licence; the last one is a check character."),
    )
    legal_representative = forms.CharField(label=_("Legal representative"), max_length=60)
    region = forms.ChoiceField(label=_("Region"))
    address = forms.CharField(label=_("Address"), max_length=200)
    contact_name = forms.CharField(label=_("Contact person"), max_length=60)
    phone = forms.CharField(label=_("Telephone"), max_length=32, validators=[PHONE])
    email = forms.EmailField(label=_("E-mail"), help_text=_("The link to confirm goes there, and every decision."))
    areas = forms.MultipleChoiceField(
        label=_("Areas applied for"), help_text=_("Hold Ctrl to choose several."), widget=forms.SelectMultiple
    )
    product_lines = forms.ModelMultipleChoiceField(
        label=_("Product lines"), queryset=ProductLine.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    tier = forms.ChoiceField(label=_("Service tier"), choices=ServiceTier.choices)
    note = forms.CharField(
        label=_("About the company"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    files = ManyFilesField(
        label=_("Business licence and qualifications"), max_mb=50, help_text=_("PDF, Word or pictures, 50 MB each.")
    )

    def __init__(self, *args: Any, known: PartnerApplication | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known
        self.fields["region"].choices = [EMPTY, *_regions()]
        self.fields["areas"].choices = _regions()
        self.fields["product_lines"].queryset = ProductLine.objects.all()
        if known is not None:
            self.fields["files"].required = False
            for name in self.fields.keys() - {"version", "key", "files", "product_lines"}:
                self.fields[name].initial = getattr(known, name)
            self.fields["product_lines"].initial = known.product_lines.all()

    def clean_uscc(self) -> str:
        """Right, and not a partner's already (R184)."""
        code = uscc.clean(self.cleaned_data["uscc"])
        verdict = uscc.check(code)
        if not verdict:
            raise ValidationError(verdict.reason)
        if Partner.objects.filter(uscc=code).exists():
            raise ValidationError(_("This company is a partner already."))
        return code

    def save(self, outlets: list[dict[str, Any]]) -> PartnerApplication:
        """Send it, or send the corrected one again; InvalidInput becomes an error of the form and is raised too."""
        values = {k: v for k, v in self.cleaned_data.items() if k not in ("version", "key", "files")}
        files = self.cleaned_data["files"] or []
        try:
            if self.known is not None:
                return application.correct(self.known, values, outlets, files)
            language = get_language() or "zh-hans"
            return application.apply(values, outlets, files, key=self.sent_key, language=language)
        except InvalidInput as error:
            self.add_error(error.field if error.field in self.fields else None, str(error))
            raise


class OutletRowForm(PageForm):
    """One outlet that the applicant brings (R182)."""

    name = forms.CharField(label=_("Outlet name"), max_length=120)
    region = forms.ChoiceField(label=_("Region"))
    address = forms.CharField(label=_("Address"), max_length=200)
    phone = forms.CharField(label=_("Telephone"), max_length=32, validators=[PHONE])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [EMPTY, *_regions()]


class _Outlets(BaseFormSet):
    def rows(self) -> list[dict[str, Any]]:
        """What was filled in."""
        return [form.cleaned_data for form in self.forms if form.cleaned_data]


OutletRows = formset_factory(
    OutletRowForm, formset=_Outlets, extra=2, min_num=1, validate_min=True, max_num=MOST_OUTLETS, validate_max=True
)


class ApplicationForm(NamesItsFields, forms.ModelForm):
    """The same in the admin, for brand staff."""

    areas = regions_field(label=_("Areas applied for"), required=True)
    region = forms.ChoiceField(label=_("Region"), choices=lambda: [EMPTY, *_regions()])

    class Meta:
        model = PartnerApplication
        fields = (
            "name", "short_name", "channel_type", "uscc", "uscc_exception", "legal_representative", "region", "address",
            "contact_name", "phone", "email", "areas", "product_lines", "tier", "note",
        )  # fmt: skip


class DecisionForm(NamesItsFields, forms.Form):
    """What the decisions have in common."""

    def __init__(self, *args: Any, actor: Actor, row: PartnerApplication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class EndorseForm(DecisionForm):
    reason = forms.CharField(label=_("What speaks for it"), max_length=2000, widget=forms.Textarea)

    def save(self) -> PartnerApplication:
        return application.endorse(self.actor, self.row, self.cleaned_data["reason"])


class ClearForm(DecisionForm):
    reason = forms.CharField(label=_("Opinion of the legal department"), max_length=2000, widget=forms.Textarea)

    def save(self) -> PartnerApplication:
        return application.clear(self.actor, self.row, self.cleaned_data["reason"])


class SendBackForm(DecisionForm):
    reason = forms.CharField(label=_("What is to be corrected"), max_length=2000, widget=forms.Textarea)

    def save(self) -> PartnerApplication:
        return application.send_back(self.actor, self.row, self.cleaned_data["reason"])


class RejectForm(DecisionForm):
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea)

    def save(self) -> PartnerApplication:
        return application.reject(self.actor, self.row, self.cleaned_data["reason"])


class ResubmitForm(DecisionForm):
    def save(self) -> PartnerApplication:
        return application.resubmit(self.actor, self.row)


class PapersForm(DecisionForm):
    files = ManyFilesField(
        label=_("Business licence and qualifications"), help_text=_("PDF, Word or pictures, 50 MB each.")
    )

    def save(self) -> PartnerApplication:
        return application.attach(self.actor, self.row, self.cleaned_data["files"])


class ApproveForm(DecisionForm):
    """What the approval makes: partner, outlets, authorisations, draft of the contract, invitation."""

    code = forms.RegexField(
        r"^[A-Z0-9][A-Z0-9-]{1,19}$",
        label=_("Partner code"),
        help_text=_("Capitals, digits and dashes, such as HD08."),
    )
    username = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{2,29}$", label=_("User name of the manager"), help_text=_("Small letters and digits.")
    )
    contract_number = forms.CharField(label=_("Contract number"), max_length=60)
    valid_from = forms.DateField(label=_("Valid from"), widget=UnfoldAdminDateWidget, initial=clock.today)
    valid_until = forms.DateField(label=_("Valid until"), widget=UnfoldAdminDateWidget)

    def save(self) -> Partner:
        return onboarding.approve(self.actor, self.row, **self.cleaned_data)
