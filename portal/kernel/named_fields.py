"""What is left empty is named, with the remedy, in place of Django's stock sentence (house rule 7)."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

_STOCK = forms.Field.default_error_messages["required"]


class NamesItsFields:
    """Mixin before every form of ours: a required field left empty says “Fill in “Telephone”.”, in words of its kind.

    A field with a sentence of its own keeps it.
    """

    fields: dict[str, forms.Field]

    def full_clean(self) -> None:
        for name, field in self.fields.items():
            if field.required and field.error_messages.get("required") is _STOCK:
                field.error_messages["required"] = _asked(field, capfirst(str(self[name].label)))  # type: ignore[index]
        super().full_clean()  # type: ignore[misc]


def _asked(field: forms.Field, label: str) -> str:
    return _words(field) % {"field": label}


def _words(field: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("Tick “%(field)s” to go on.")
    if isinstance(field, forms.FileField):
        return _("Choose a file for “%(field)s”.")
    if isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        return _("Choose something for “%(field)s”.")
    return _("Fill in “%(field)s”.")


class NamedModelForm(NamesItsFields, forms.ModelForm):
    """What an admin page is made of that brings no form of its own."""
