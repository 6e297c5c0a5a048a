"""`{% load adminkit %}`: fields of step forms in Unfold's clothes."""

from typing import Any

from django import forms, template

from portal.adminkit.dress import shape

register = template.Library()


@register.inclusion_tag("admin/adminkit/_field.html")
def step_field(bound: forms.BoundField) -> dict[str, Any]:
    """`{% step_field form.reason %}`: label, control, help and errors."""
    return {"field": bound, "shape": shape(bound), "required": bound.field.required}
