"""Take the next numbers of a series inside the caller's transaction."""

from datetime import datetime

from django.db import transaction

from portal.kernel import clock
from portal.numbering.models import Series


def next_block(code: str, count: int) -> range:
    """Reserve `count` consecutive numbers; they are given back when the transaction fails."""
    with transaction.atomic():
        series, _ = Series.objects.select_for_update().get_or_create(code=code)
        first = series.last + 1
        series.last += count
        series.save(update_fields=["last"])
    return range(first, first + count)


def next_number(code: str, prefix: str, moment: datetime) -> str:
    """The next number of the day of `moment`: prefix, date in Asia/Shanghai, four digits or more."""
    day = clock.local(moment).strftime("%Y%m%d")
    (number,) = next_block(f"{code}:{day}", 1)
    return f"{prefix}{day}-{number:04d}"
