"""Lists without counting everything: on a big table the full count costs more than the page."""

from django.core.paginator import Paginator
from django.utils.functional import cached_property

#: Beyond this many rows the list says no exact number; filters and search reach the rest.
MOST_ROWS = 10_000


class CappedPaginator(Paginator):
    """Counts at most MOST_ROWS rows."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by()[:MOST_ROWS].count()  # type: ignore[union-attr]
