"""A column of a sheet: its heading, the kind of its cells, whether it may be written and how it is masked."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _
from import_export.fields import Field

from portal.exchange.cells import Cell
from portal.exchange.link_cells import LinksCell
from portal.webkit.show import masked_phone


def masked_name(text: str) -> str:
    """王**: of a name the first character stays."""
    return text[:1] + "**" if text else ""


def masked_address(text: str) -> str:
    """上海市浦东新****: of an address the part that names town and district stays."""
    return text[:6] + "****" if text else ""


def masked_email(text: str) -> str:
    """a***@example.com."""
    name, at, host = text.partition("@")
    return f"{name[:1]}***{at}{host}" if at else "*" * len(text)


MASKS: dict[str, Callable[[str], str]] = {
    "phone": masked_phone,
    "name": masked_name,
    "address": masked_address,
    "email": masked_email,
}


class Column(Field):
    """One column, the same for reading and writing. `mask` names how personal data is shown by default (F06)."""

    widget: Cell

    def __init__(
        self,
        attribute: str,
        cell: Cell,
        label: Any,
        *,
        required: bool = False,
        shown_only: bool = False,
        fixed: bool = False,
        unique: bool = False,
        mask: str = "",
        aliases: tuple[Any, ...] = (),
    ) -> None:
        super().__init__(attribute=attribute, column_name=attribute, widget=cell)
        self.label, self.required, self.shown_only = label, required, shown_only
        self.fixed, self.unique, self.mask, self.aliases = fixed, unique, mask, aliases

    @property
    def several(self) -> bool:
        return isinstance(self.widget, LinksCell)

    def text(self, instance: Model, masked: bool = False) -> str:
        """What the cell shows of the row."""
        text = self.widget.render(self.get_value(instance))
        return self.masked(text) if masked else text

    def masked(self, text: str) -> str:
        """The text as somebody sees it who does not need all of it."""
        return MASKS[self.mask](text) if self.mask else text

    def read(self, instance: Model, row: dict[str, str], *, new: bool) -> Any:
        """The value in the row for this instance; KeepAsIs where the cell says nothing new. Raises ValueError."""
        text = row[self.column_name]
        if self.shown_only:
            return self._unchanged(instance, text)
        if self.mask and "*" in text:
            if not new and text.strip() == self.text(instance, masked=True):
                raise KeepAsIs
            raise ValueError(_("This is masked: write the whole of it, or leave the cell as the export wrote it."))
        value = self.widget.clean(text)
        if self.fixed and not new and value != self.get_value(instance):
            raise ValueError(_("This is given once, when the row is made, and cannot be changed by a sheet."))
        return value

    def _unchanged(self, instance: Model, text: str) -> Any:
        """A column that is only shown may be given back as it is, or left empty."""
        same = not text.strip() or text.strip() == self.text(instance)
        if not same and self.widget.clean(text) != self.get_value(instance):
            raise ValueError(_("This column is only shown: it is changed by its own step, not by a sheet."))
        raise KeepAsIs


class KeepAsIs(Exception):
    """The cell leaves the value alone."""
