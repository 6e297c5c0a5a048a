"""Personal data on pages of people who only look: masked in the row before anything draws it."""

from typing import Any

from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from portal.webkit.show import masked_phone


def mask(row: Model, fields: tuple[str, ...]) -> None:
    """Replace the row's values in memory; for rows that will not be saved."""
    for name in fields:
        setattr(row, name, masked_phone(getattr(row, name)))


class MaskedRows:
    """Mixin before BaseAdmin: `personal_fields` are masked to whoever neither handles nor changes the rows (R01)."""

    personal_fields: tuple[str, ...] = ()

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        if row is not None and not self.handles(request) and not self.has_change_permission(request):
            mask(row, self.personal_fields)
        return row


class MaskedInline:
    """The same for the rows of an inline."""

    personal_fields: tuple[str, ...] = ()

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        formset = super().get_formset(request, obj, **kwargs)  # type: ignore[misc]
        if self.handles(request) or self.has_change_permission(request, obj):
            return formset
        fields = self.personal_fields

        class Masked(formset):  # type: ignore[valid-type, misc]
            def get_queryset(self) -> Any:
                rows = super().get_queryset()
                for row in rows:
                    mask(row, fields)
                return rows

        return Masked
