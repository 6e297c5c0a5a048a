"""Which kind of cell suits a field of a model."""

from collections.abc import Mapping
from typing import Any

from django.db import models

from portal.exchange.cells import (
    Cell,
    ChoiceCell,
    DateCell,
    DecimalCell,
    ListCell,
    PhoneCell,
    TextCell,
    WholeCell,
    YesNoCell,
)
from portal.exchange.link_cells import LinkCell, LinksCell
from portal.exchange.moments import MomentCell

#: The first that fits; a moment is a day as well, so it comes first.
KINDS: list[tuple[tuple[type[models.Field], ...], type[Cell]]] = [
    ((models.BooleanField,), YesNoCell),
    ((models.DecimalField,), DecimalCell),
    ((models.IntegerField,), WholeCell),
    ((models.DateTimeField,), MomentCell),
    ((models.DateField,), DateCell),
    ((models.JSONField,), ListCell),
]


def cell_for(field: models.Field, by: str | None = None, earlier: Mapping[str, Any] | None = None) -> Cell:
    """The kind of cell that suits a model's field; `by` is the code by which a relation names its row, `earlier` the
    words that a choice had in earlier sheets."""
    if field.many_to_many:
        return LinksCell(field.related_model, by or "code", field.get_limit_choices_to())
    if field.is_relation:
        return LinkCell(field.related_model, by or "code", field.get_limit_choices_to())
    if field.choices:
        return ChoiceCell(field.choices, earlier)
    for kinds, cell in KINDS:
        if isinstance(field, kinds):
            return cell()
    return PhoneCell() if "phone" in field.name else TextCell(nullable=field.null)
