"""Forms of a contract: put in force, terminate."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import contract
from partners.models import PartnerContract
from portal.accounts.actor import Actor


class InForceForm(forms.Form):
    """Nothing to say but yes."""

    def __init__(self, *args: Any, actor: Actor, row: PartnerContract, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row

    def save(self) -> PartnerContract:
        return contract.put_in_force(self.actor, self.row)


class TerminateForm(InForceForm):
    """Why the contract ends."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def save(self) -> PartnerContract:
        return contract.terminate(self.actor, self.row, self.cleaned_data["reason"])
