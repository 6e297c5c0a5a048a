"""Rows that are named only as 'ticket:12' by the service log and the notices, in words and with the way to them."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html

from portal.adminkit.links import link, openable


def words_for(request: HttpRequest | None, subjects: Iterable[str]) -> dict[str, Any]:
    """'ticket:12' to “Ticket FW20261126-0001”, linked where the reader may open it; two queries a kind of row.

    Without a request nothing is linked, as in sheets. A row that is gone, or a name that means no row, stays as it
    was written.
    """
    names = set(subjects)
    wanted: dict[type[Model], dict[str, str]] = {}
    for subject in names:
        name, _colon, key = subject.partition(":")
        model = _models().get(name)
        if model is not None and key.isdigit():
            wanted.setdefault(model, {})[key] = subject
    found: dict[str, Any] = {}
    for model, keys in wanted.items():
        rows = model._base_manager.in_bulk([int(key) for key in keys])
        open_to_him = openable(request, model, rows) if request else set()
        for pk, row in rows.items():
            words = format_html("{} {}", model._meta.verbose_name, row)
            found[keys[str(pk)]] = link(row, words) if pk in open_to_him else words
    return {subject: found.get(subject, subject) for subject in names}


class NamedSubject:
    """Mixin before BaseAdmin of rows with a `subject`: on a row's page `named` says it in words."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        row = super().get_object(request, object_id, from_field)  # type: ignore[misc]
        row.named = words_for(request, [row.subject])[row.subject]
        return row


def _models() -> dict[str, type[Model]]:
    return {str(model._meta.model_name): model for model in apps.get_models()}
