"""Rows below a row: their formset says in words which values stand there twice."""

from collections.abc import Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from unfold.forms import PaginationInlineFormSet

from portal.kernel.words import joined


class RowsFormSet(PaginationInlineFormSet):
    """Django names the columns as the code does; people know the labels above them."""

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        names = [name for name in unique_check if name != self.fk.name]
        labels = [capfirst(self.model._meta.get_field(name).verbose_name) for name in names]
        return _("“%(fields)s” stands here twice: change one of the rows.") % {"fields": joined(labels)}
