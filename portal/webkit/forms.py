"""Bases of our own pages' forms."""

import uuid
from typing import Any

from django import forms

from portal.kernel.named_fields import NamesItsFields
from portal.webkit import widgets


class PageForm(NamesItsFields, forms.Form):
    """A form whose controls wear the frame's classes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            widgets.dress(field.widget)


class VersionedForm(PageForm):
    """A form that changes something: `version` says which state the person saw, `key` makes a second sending harmless.

    Give the row as `instance=`; `form.version` and `form.key` are what `perform()` asks for.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance = instance
        self.fields["version"].initial = getattr(instance, "version", None)
        self.fields["key"].initial = uuid.uuid4

    @property
    def seen_version(self) -> int | None:
        """The version that the person saw; None where the form did not say."""
        return getattr(self, "cleaned_data", {}).get("version")

    @property
    def sent_key(self) -> str | None:
        """The key of this sending; None where the form did not say."""
        key = getattr(self, "cleaned_data", {}).get("key")
        return str(key) if key else None
