"""Panels: how an upper package shows something of its own on a lower one's page, without the lower knowing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from portal.accounts.actor import Actor

Fill = Callable[[Actor, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Panel:
    """A template and what fills it; `fill` answers None where there is nothing to show this actor."""

    template: str
    fill: Fill


_PANELS: dict[str, list[Panel]] = {}


def register(model: str, template: str, fill: Fill) -> None:
    """Show `template` on the page of every row of `model` ('tickets.ticket')."""
    _PANELS.setdefault(model, []).append(Panel(template, fill))


def panels_for(actor: Actor, row: Model) -> list[dict[str, Any]]:
    """The panels of the row for this actor, each with `template` and its own values."""
    shown = []
    for panel in _PANELS.get(row._meta.label_lower, []):
        values = panel.fill(actor, row)
        if values is not None:
            shown.append({**values, "template": panel.template})
    return shown
