"""Whether a page of the admin holds anything that can be written; where not, it has no button to save."""

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm

NOTHING_TO_SAVE = {"show_save": False, "show_save_and_continue": False, "show_save_and_add_another": False}


def can_write(page: Any, inlines: Iterable[Any]) -> bool:
    """Is there one visible control in the form or in the rows below it that the person may fill in?"""
    return _has_control(page.form) or any(_inline_can_write(inline) for inline in inlines)


def _has_control(form: BaseForm, without: Iterable[str] = ()) -> bool:
    return any(not field.widget.is_hidden for name, field in form.fields.items() if name not in without)


def _inline_can_write(inline: Any) -> bool:
    formset = inline.formset
    if not (inline.has_add_permission or inline.has_change_permission or inline.has_delete_permission):
        return False
    if formset.can_delete and inline.has_delete_permission and formset.initial_form_count():
        return True
    # An empty row has every field that a row may have; the key and the way up are no fields to fill in.
    return _has_control(formset.empty_form, without=(formset.model._meta.pk.name, formset.fk.name, "DELETE"))
