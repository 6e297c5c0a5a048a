"""`{% load adminkit %}`: fields of step forms in Unfold's clothes."""

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from django import forms, template
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from portal.adminkit.dress import shape
from portal.adminkit.links import RowLink, linked
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


@register.simple_tag(takes_context=True)
def row_link(context: Any, row: Model) -> Any:
    """`{% row_link plan.article %}`: the row in words, linked where the reader may open it."""
    return linked(context["request"], row)


@register.simple_tag(takes_context=True)
def readonly_contents(context: Any, field: Any) -> Any:
    """`{% readonly_contents field %}`: the value, linked only where it is a row that the reader may open."""
    column, _name, value = getattr(field, "resolved_field", None) or (None, None, None)
    beside = partial(_beside, context.get("inline_admin_formset"), field)
    if isinstance(value, RowLink):
        return linked(context["request"], value.row, value.words, beside)
    if column is not None and isinstance(value, Model):
        return linked(context["request"], value, beside=beside)
    return field.contents() if field else ""


def _beside(inline: Any, field: Any) -> Iterator[Model]:
    """The rows that the same column shows in an inline, so that the right to all of them is asked for at once."""
    for form in inline.formset.initial_forms if inline else ():
        with suppress(AttributeError, ValueError, ObjectDoesNotExist):  # as the cell itself, which then stays empty
            value = lookup_field(field.field["field"], form.instance, field.model_admin)[2]
            shown = value.row if isinstance(value, RowLink) else value
            if isinstance(shown, Model):
                yield shown
