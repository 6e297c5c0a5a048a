"""The lines of 附件3: parts that were replaced, out of the bag or the store (R134, R180, R189)."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.webkit.forms import PageForm
from tickets.choices.part_request import OldPart

#: Lines that a page offers without script.
EMPTY_ROWS = 3
MOST_ROWS = 40
#: The page's list of what is at hand, which the part number is chosen from.
AT_HAND = "parts-at-hand"
#: What the parts list says of a part, so that nobody types it; history from elsewhere brings its own.
LISTED = ("name", "certified")


class PartForm(PageForm):
    """One line. An untouched line is no line. `tracked`: the part comes out of stock and the list knows it."""

    part_number = forms.CharField(
        label=_("Part number"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": AT_HAND, "autocomplete": "off", "autocapitalize": "characters"}),
    )
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
    old_part = forms.ChoiceField(label=_("Old part"), choices=OldPart.choices, required=False, initial=OldPart.RETURNED)

    def __init__(self, *args: Any, tracked: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tracked = tracked
        for name in LISTED if tracked else ("old_part",):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Out of warranty the customer pays (R189): the listed cost or the typed price; in warranty nothing."""
        values = super().clean() or self.cleaned_data
        if not self.tracked and values.get("unit_price", 0) is None:
            values["unit_price"] = Decimal(0)
            if not values.get("in_warranty"):
                self.add_error("unit_price", _("Out of warranty the customer must be told the price."))
        return values

    def has_changed(self) -> bool:
        """Boxes alone make no line: a browser that sends no script sends them as they stand."""
        return bool(set(self.changed_data) - {"quantity", "certified", "in_warranty", "old_part"})


PartFormSet = forms.formset_factory(
    PartForm, extra=EMPTY_ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS, validate_max=True
)
