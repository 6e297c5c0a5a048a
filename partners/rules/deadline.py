"""Which warning of an end is due (R020, R179)."""

from collections.abc import Iterable


def next_warning(left: int, limits: Iterable[int], sent: Iterable[int]) -> int | None:
    """The closest limit in days that is reached and not yet told of; None when none is (R020, R179).

    `left` are the days to the end, negative when it is past. Limits that passed while nobody looked are not told of
    one after the other, and after the closest one no wider one is.
    """
    reached = [days for days in limits if left <= days]
    if not reached:
        return None
    closest = min(reached)
    return None if any(days <= closest for days in sent) else closest
