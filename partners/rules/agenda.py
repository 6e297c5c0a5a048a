"""Words of an agenda that is filled from data: it keeps codes, and each reader gets them in his language (R225)."""

from collections.abc import Mapping
from typing import Any

_TITLES: dict[str, Any] = {}
_FIGURES: dict[str, Any] = {}


def name(section: str, title: Any, figures: Mapping[str, Any]) -> None:
    """What a section and its figures are called; `title` and labels are lazy texts."""
    _TITLES[section] = title
    _FIGURES.update(figures)


def title_of(section: str) -> str:
    """The heading of a section in the active language; of an unknown one its code."""
    return str(_TITLES.get(section, section))


def label_of(figure: Mapping[str, Any]) -> str:
    """What a kept figure is called; those kept before there were codes carry their words."""
    return str(figure["label"] if "label" in figure else _FIGURES.get(figure["code"], figure["code"]))
