"""Form of a turn of duty: officers are staff of the brand, regions are chosen."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from partners.queries.region import known_regions
from portal.accounts.models import User
from portal.accounts.roles import BRAND
from portal.kernel.named_fields import NamesItsFields
from tickets.models import DutyTurn


class DutyTurnForm(NamesItsFields, forms.ModelForm):
    """Who, from when until when, for which regions."""

    regions = forms.MultipleChoiceField(
        label=_("Regions"),
        required=False,
        choices=lambda: [(region, region) for region in known_regions()],
        widget=UnfoldAdminSelect2MultipleWidget,
        help_text=_("Empty means all regions."),
    )

    class Meta:
        model = DutyTurn
        fields = ("officer", "since", "until", "regions", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "officer" in self.fields:
            officers = User.objects.filter(is_active=True, membership__active=True, membership__role__in=BRAND)
            self.fields["officer"].queryset = officers.order_by("name")
