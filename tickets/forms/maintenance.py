"""Forms of plans and visits (R191)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.kernel.named_fields import NamesItsFields
from tickets.actions import maintenance
from tickets.models import MaintenanceVisit


class CallOffForm(NamesItsFields, forms.Form):
    """Why the visit does not take place."""

    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea)

    def __init__(self, *args: Any, actor: Actor, row: MaintenanceVisit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row

    def save(self) -> MaintenanceVisit:
        return maintenance.call_off(self.actor, self.row, self.cleaned_data["reason"])
