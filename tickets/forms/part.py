"""The lines of 附件3: parts that were replaced (R134, R189)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.webkit.forms import PageForm

#: Lines that a page offers without script.
EMPTY_ROWS = 3
MOST_ROWS = 40


class PartForm(PageForm):
    """One line. An untouched line is no line."""

    part_number = forms.CharField(label=_("Part number"), max_length=60)
    name = forms.CharField(label=_("Part name"), max_length=120)
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=9999, initial=1)
    unit_price = forms.DecimalField(
        label=_("Unit price in yuan"), max_digits=12, decimal_places=2, min_value=0, required=False
    )
    certified = forms.BooleanField(
        label=_("Company-certified"),
        initial=True,
        error_messages={"required": _("Only company-certified parts may be used.")},
    )
    in_warranty = forms.BooleanField(label=_("In warranty"), required=False, initial=True)
    old_serial = forms.CharField(label=_("Old serial number"), max_length=80, required=False)
    new_serial = forms.CharField(label=_("New serial number"), max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Out of warranty the customer pays, so the price is owed (R189); in warranty nothing typed is nothing."""
        values = super().clean() or self.cleaned_data
        if "unit_price" in values and values["unit_price"] is None:
            values["unit_price"] = Decimal(0)
            if not values.get("in_warranty"):
                self.add_error("unit_price", _("Out of warranty the customer must be told the price."))
        return values

    def has_changed(self) -> bool:
        """Boxes alone make no line: a browser that sends no script sends them as they stand."""
        return bool(set(self.changed_data) - {"quantity", "certified", "in_warranty"})


PartFormSet = forms.formset_factory(
    PartForm, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)
