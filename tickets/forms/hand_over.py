"""The order to hand a partner's open tickets over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.models import Partner
from partners.rules.standing import GETS_NEW
from portal.accounts.actor import Actor
from portal.kernel.named_fields import NamesItsFields
from tickets.actions import hand_over
from tickets.models import HandOver


class HandOverForm(NamesItsFields, forms.Form):
    """From whom, to whom, why."""

    partner = forms.ModelChoiceField(
        label=_("Partner"), queryset=Partner.objects.none(), help_text=_("All its open tickets are handed over.")
    )
    successor = forms.ModelChoiceField(
        label=_("Successor"),
        queryset=Partner.objects.none(),
        required=False,
        help_text=_("Empty means the successor that the partner's record names."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        seen: QuerySet[Partner] = Partner.objects.visible_to(actor)
        self.fields["partner"].queryset = seen
        self.fields["successor"].queryset = seen.filter(standing__in=GETS_NEW)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        partner = values.get("partner")
        values["successor"] = values.get("successor") or (partner.successor if partner else None)
        if partner and not values["successor"] and "successor" not in self.errors:
            self.add_error("successor", _("Name the successor: the partner's record names none."))
        return values

    def save(self) -> HandOver:
        values = self.cleaned_data
        return hand_over.order(self.actor, values["partner"], values["successor"], values["reason"])
