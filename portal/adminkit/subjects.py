"""Rows that are named only as 'ticket:12' by the service log and the notices, in words and with the way to them."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html


def words_for(subjects: Iterable[str]) -> dict[str, Any]:
    """'ticket:12' to “Ticket FW20261126-0001”, linked where the admin has a page; one query a kind of row.

    A row that is gone, or a name that means no row, stays as it was written.
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
        for pk, row in model._base_manager.in_bulk([int(key) for key in keys]).items():
            found[keys[str(pk)]] = _linked(model, row)
    return {subject: found.get(subject, subject) for subject in names}


def _linked(model: type[Model], row: Model) -> Any:
    words = format_html("{} {}", model._meta.verbose_name, row)
    if not admin.site.is_registered(model):
        return words
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[row.pk])
    return format_html('<a class="ak-link" href="{}">{}</a>', address, words)


def _models() -> dict[str, type[Model]]:
    return {str(model._meta.model_name): model for model in apps.get_models()}
