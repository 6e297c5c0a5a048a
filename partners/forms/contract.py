"""Forms of a contract: a new version, legal review, signing, in force, termination."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDateWidget

from partners.actions import contract, contract_version
from partners.choices.contract import VersionKind
from partners.models import ContractClause, ContractVersion, PartnerContract
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields


class InForceForm(NamesItsFields, forms.Form):
    """Nothing to say but yes."""

    def __init__(self, *args: Any, actor: Actor, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row

    def save(self) -> PartnerContract:
        return contract.put_in_force(self.actor, self.row)


class TerminateForm(InForceForm):
    """Why the contract ends."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def save(self) -> PartnerContract:
        return contract.terminate(self.actor, self.row, self.cleaned_data["reason"])


class NewVersionForm(InForceForm):
    """The next version: it begins with the words of the last one."""

    kind = forms.ChoiceField(label=_("Kind"), choices=VersionKind.choices[1:])
    valid_from = forms.DateField(
        label=_("Binds from"),
        widget=UnfoldAdminDateWidget,
        help_text=_("Tomorrow at the earliest; tickets received before keep the clauses of their day."),
    )
    valid_until = forms.DateField(label=_("Valid until"), widget=UnfoldAdminDateWidget)
    reason = forms.CharField(label=_("Reason of this version"), max_length=300, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_until"].initial = self.row.valid_until
        if not self.row.versions.exists():
            self.fields["kind"].choices = VersionKind.choices[:1]
            self.fields["valid_from"].initial = self.row.valid_from
            self.fields["valid_from"].help_text = ""
            self.fields["reason"].required = False

    def save(self) -> ContractVersion:
        return contract_version.write(self.actor, self.row, **self.cleaned_data)


class ToLegalForm(InForceForm):
    """The draft is ready."""

    def save(self) -> ContractVersion:
        return contract_version.send_to_legal(self.actor, self.row)


class OpinionForm(InForceForm):
    """What the legal department says of it."""

    opinion = forms.CharField(label=_("Opinion of the legal department"), max_length=4000, widget=forms.Textarea)

    def save(self) -> ContractVersion:
        return contract_version.clear(self.actor, self.row, self.cleaned_data["opinion"])


class SendBackForm(OpinionForm):
    def save(self) -> ContractVersion:
        return contract_version.send_back(self.actor, self.row, self.cleaned_data["opinion"])


class SignForm(InForceForm):
    """Day, place and the signed paper (R186)."""

    signed_on = forms.DateField(label=_("Date of signing"), widget=UnfoldAdminDateWidget, initial=clock.today)
    signed_at = forms.CharField(label=_("Place of signing"), max_length=80)
    scan = forms.FileField(label=_("Signed contract (PDF or scan)"), help_text=_("PDF, JPEG, PNG or WebP, 20 MB."))

    def save(self) -> ContractVersion:
        return contract_version.sign(self.actor, self.row, **self.cleaned_data)


class WithdrawForm(TerminateForm):
    """Why the version is given up."""

    def save(self) -> ContractVersion:
        return contract_version.withdraw(self.actor, self.row, self.cleaned_data["reason"])


class ClauseForm(NamesItsFields, forms.ModelForm):
    """One clause; what its kind needs is said by the model."""

    class Meta:
        model = ContractClause
        fields = (
            "number", "kind", "title", "text", "level", "category", "limit", "unit", "replaces", "basis", "rate", "cap",
            "incentive", "quarters",
        )  # fmt: skip
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
