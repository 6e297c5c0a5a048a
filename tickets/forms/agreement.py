"""Forms of a service agreement's versions (R184–R187)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminDateWidget

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from tickets.actions import agreement
from tickets.models import AgreementVersion


class AgreementDeedForm(NamesItsFields, forms.Form):
    """What these forms have in common."""

    def __init__(self, *args: Any, actor: Actor, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class NewAgreementVersionForm(AgreementDeedForm):
    """The next version begins with the words of the last one."""

    valid_from = forms.DateField(
        label=_("Binds from"),
        widget=UnfoldAdminDateWidget,
        help_text=_("Tomorrow at the earliest; tickets received before keep the clauses of their day."),
    )
    reason = forms.CharField(label=_("Reason of this version"), max_length=300, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.row.versions.exists():
            self.fields["valid_from"].initial, self.fields["valid_from"].help_text = self.row.valid_from, ""

    def save(self) -> AgreementVersion:
        return agreement.write(self.actor, self.row, **self.cleaned_data)


class SignAgreementForm(AgreementDeedForm):
    """Day, place and the signed paper (R186)."""

    signed_on = forms.DateField(label=_("Date of signing"), widget=UnfoldAdminDateWidget, initial=clock.today)
    signed_at = forms.CharField(label=_("Place of signing"), max_length=80)
    scan = forms.FileField(label=_("Signed contract (PDF or scan)"), help_text=_("PDF, JPEG, PNG or WebP, 20 MB."))

    def save(self) -> AgreementVersion:
        return agreement.sign(self.actor, self.row, **self.cleaned_data)


class WithdrawAgreementForm(AgreementDeedForm):
    """Why the version is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea)

    def save(self) -> AgreementVersion:
        return agreement.withdraw(self.actor, self.row, self.cleaned_data["reason"])
