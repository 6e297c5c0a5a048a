"""Forms of a partner: its record, and the change of its standing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions.partner import set_standing
from partners.choices import Standing
from partners.forms.region import region_field
from partners.models import Partner
from partners.rules.standing import GETS_NEW, TABLE
from portal.accounts.actor import Actor
from portal.kernel.named_fields import NamesItsFields


class PartnerForm(NamesItsFields, forms.ModelForm):
    """The record; a wrong credit code is told in words, and a reason lets it pass (R184)."""

    region = region_field()

    class Meta:
        model = Partner
        fields = (
            "code",
            "name",
            "short_name",
            "channel_type",
            "since",
            "uscc",
            "uscc_exception",
            "legal_representative",
            "region",
            "address",
            "contact_name",
            "phone",
            "email",
            "calendar",
            "successor",
        )


class StandingForm(NamesItsFields, forms.Form):
    """How the partner stands from now on, why, and who succeeds it if it leaves."""

    standing = forms.ChoiceField(label=_("Standing"), choices=Standing.choices, widget=forms.RadioSelect)
    successor = forms.ModelChoiceField(
        label=_("Successor"),
        queryset=Partner.objects.none(),
        required=False,
        help_text=_("Takes over the open tickets as soon as the cooperation ends."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, actor: Actor, row: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row
        self.fields["standing"].choices = [
            (value, f"{label}: {TABLE[value].meaning}") for value, label in Standing.choices if value != row.standing
        ]
        others = Partner.objects.visible_to(actor).exclude(pk=row.pk)
        self.fields["successor"].queryset = others.filter(standing__in=GETS_NEW)
        self.fields["successor"].initial = row.successor_id

    def save(self) -> Partner:
        return set_standing(self.actor, self.row, **self.cleaned_data)
