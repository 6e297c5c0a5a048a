"""`{% load adminkit %}`: fields of step forms in Unfold's clothes."""

from typing import Any

from django import forms, template

from portal.adminkit.dress import shape
from portal.notify.queue import unread_count

register = template.Library()


@register.simple_tag(takes_context=True)
def unread_notices(context: Any) -> int:
    """`{% unread_notices as count %}`: how much the portal told this person that he has not read."""
    return unread_count(context["request"]) if "request" in context else 0


@register.inclusion_tag("admin/adminkit/_field.html")
def step_field(bound: forms.BoundField) -> dict[str, Any]:
    """`{% step_field form.reason %}`: label, control, help and errors."""
    return {"field": bound, "shape": shape(bound), "required": bound.field.required}
