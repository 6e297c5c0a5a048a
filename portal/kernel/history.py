"""django-simple-history as this portal uses it: versions carry the portal's time, and writing one is cheap."""

from functools import cache
from typing import Any

from simple_history.manager import HistoryManager
from simple_history.signals import pre_create_historical_record

from portal.kernel import clock

_made = cache(HistoryManager.from_queryset)


def install() -> None:
    """Called once at start.

    The library reads the system's clock, so a demonstration or a test that travels would date its versions wrongly.
    It also makes a new manager class at each access of `.history`, half of what writing a version costs (measured).
    """
    HistoryManager.from_queryset = staticmethod(_made)
    pre_create_historical_record.connect(_date, dispatch_uid="portal.kernel.history")


def _date(history_instance: Any, instance: Any, **_: Any) -> None:
    """`_history_date` of the row wins, as the library has it."""
    history_instance.history_date = getattr(instance, "_history_date", None) or clock.now()
