"""Regions are chosen, not typed, so that 上海 and 上海市 do not part."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminSelect2MultipleWidget, UnfoldAdminSelect2Widget

from partners.queries.region import known_regions


def _choices() -> list[tuple[str, str]]:
    return [(region, region) for region in known_regions()]


def region_field(**options: Any) -> forms.ChoiceField:
    """One region."""
    blank = [("", "---------")]
    options = {"label": _("Region"), "widget": UnfoldAdminSelect2Widget, **options}
    return forms.ChoiceField(choices=lambda: blank + _choices(), **options)


def regions_field(**options: Any) -> forms.MultipleChoiceField:
    """Several regions, shown as tags."""
    options = {"widget": UnfoldAdminSelect2MultipleWidget, "required": False, **options}
    return forms.MultipleChoiceField(choices=_choices, **options)
