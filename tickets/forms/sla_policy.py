"""Forms of a version of the policy: draft, review, put in force, withdraw."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from tickets.actions import sla_policy as actions
from tickets.choices.sla_policy import PolicyState
from tickets.models import PolicyVersion
from tickets.queries.sla_policy import number_in_force


class DraftForm(NamesItsFields, forms.Form):
    """A new version: its title, why, and what it is copied from."""

    title = forms.CharField(label=_("Title"), max_length=120)
    note = forms.CharField(label=_("What changes and why"), max_length=2000, widget=forms.Textarea, required=False)
    base = forms.ModelChoiceField(
        label=_("Copy of"),
        queryset=PolicyVersion.objects.exclude(state=PolicyState.WITHDRAWN),
        empty_label=None,
        help_text=_("All lines and rules of suspension are taken over; then change them one by one or by a sheet."),
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self.fields["base"].initial = PolicyVersion.objects.filter(number=number_in_force()).first()

    def save(self) -> PolicyVersion:
        return actions.draft(self.actor, **self.cleaned_data)


class CompareForm(NamesItsFields, forms.Form):
    """Which version this one is read against."""

    base = forms.ModelChoiceField(label=_("Based on"), queryset=PolicyVersion.objects.none(), empty_label=None)

    def __init__(self, *args: Any, others: QuerySet[PolicyVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["base"].queryset = others


class SendForm(NamesItsFields, forms.Form):
    """Nothing to say but yes."""

    def __init__(self, *args: Any, actor: Actor, row: PolicyVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row

    def save(self) -> PolicyVersion:
        return actions.send(self.actor, self.row)


class ApproveForm(SendForm):
    """The legal department agrees, with remarks if there are any."""

    remarks = forms.CharField(label=_("Remarks"), max_length=2000, widget=forms.Textarea, required=False)

    def save(self) -> PolicyVersion:
        return actions.approve(self.actor, self.row, self.cleaned_data["remarks"])


class ReturnForm(SendForm):
    """What has to change before the legal department agrees."""

    remarks = forms.CharField(label=_("Remarks"), max_length=2000, widget=forms.Textarea)

    def save(self) -> PolicyVersion:
        return actions.return_(self.actor, self.row, self.cleaned_data["remarks"])


class EffectForm(SendForm):
    """From which day on tickets begin under the version."""

    on = forms.DateField(
        label=_("Takes effect on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Tickets received from that day on begin under this version; running ones keep their own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["min"] = clock.today().isoformat()

    def save(self) -> PolicyVersion:
        return actions.take_effect(self.actor, self.row, self.cleaned_data["on"])


class WithdrawForm(SendForm):
    """Why the version is given up."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def save(self) -> PolicyVersion:
        return actions.withdraw(self.actor, self.row, self.cleaned_data["reason"])
