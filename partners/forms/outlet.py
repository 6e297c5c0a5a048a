"""The form of an outlet: its area as tags, its tiers as boxes (R182)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from partners.choices import ServiceTier
from partners.forms.region import region_field, regions_field
from partners.models import Outlet
from portal.kernel.named_fields import NamesItsFields


class OutletForm(NamesItsFields, forms.ModelForm):
    region = region_field()
    coverage = regions_field(
        label=_("Coverage area"), help_text=_("Regions that it serves; without any, its own region.")
    )
    tiers = forms.MultipleChoiceField(
        label=_("Service tiers"),
        choices=ServiceTier.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("Without any, all tiers."),
    )

    class Meta:
        model = Outlet
        fields = (
            "partner",
            "code",
            "name",
            "region",
            "address",
            "phone",
            "coverage",
            "product_lines",
            "tiers",
            "capacity",
            "active",
            "calendar",
        )
