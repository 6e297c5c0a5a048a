"""Buying parts for the brand's warehouse (R180)."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import stock
from partners.actions.ledger import Item
from partners.models import SparePart
from portal.accounts.actor import Actor
from portal.kernel.named_fields import NamesItsFields


class PurchaseForm(NamesItsFields, forms.Form):
    """How many, on which order."""

    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=99_999)
    serials = forms.CharField(
        label=_("Serial numbers"), widget=forms.Textarea, help_text=_("One a line; as many as pieces.")
    )
    reference = forms.CharField(label=_("Purchase order"), max_length=60, required=False)

    def __init__(self, *args: Any, actor: Actor, row: SparePart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row
        if not row.serialised:
            del self.fields["serials"]

    def save(self) -> Any:
        values = self.cleaned_data
        serials = [word for word in re.split(r"[\s,，、;；]+", values.get("serials", "")) if word]
        item = Item(self.row, values["quantity"], serials)
        return stock.purchase(self.actor, [item], reference=values["reference"])
