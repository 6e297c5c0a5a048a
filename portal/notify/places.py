"""What the names in wordings mean, with an example value for the preview; upper apps describe theirs."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Place:
    """One name that wordings may use."""

    name: str
    label: Any
    example: Any


_PLACES: dict[str, Place] = {"link": Place("link", _("Link to the page"), "https://service.example.com/t/…/")}


def describe(name: str, label: Any, example: Any) -> None:
    """Say what a name stands for; the same name means the same in every notice, so twice is a programming error."""
    if name in _PLACES:
        raise ValueError(f"the place {name!r} is described twice")
    _PLACES[name] = Place(name, label, example)


def place(name: str) -> Place:
    """The description of a name; its own name where nobody gave one."""
    return _PLACES.get(name) or Place(name, name.replace("_", " "), name)


def described() -> frozenset[str]:
    """All names that somebody described."""
    return frozenset(_PLACES)
