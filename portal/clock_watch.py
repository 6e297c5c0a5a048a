"""Sees when the machine's clock jumps, and tells the administrators: every limit hangs on that clock (N07).

The schedule looks at each tick. Between two looks of one process the steady counter of the machine says how much time
really went by; over a restart, a sign of life from the future says that the clock was put back.
"""

import logging
import time
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from portal import heartbeat
from portal.kernel import clock
from portal.notify import alarm, places, types
from portal.notify.queue import Recipient, queue

logger = logging.getLogger(__name__)
#: Less is the ordinary work of a time server.
TOLERANCE = timedelta(seconds=30)
SUBJECT = "clock:machine"

places.describe("jump", _("By how many minutes the clock jumped, minus for back"), "+60.0")
places.describe("moment", _("The time that the machine shows now"), "2026-12-01 09:30")
types.register(
    "clock.jumped",
    _("The clock of the machine jumped by %(jump)s minutes"),
    _(
        "The machine's clock was moved by %(jump)s minutes and shows %(moment)s now. Limits are counted by it: check"
        " the time server, then look at the tickets of these minutes. The service log keeps its order by sequence,"
        " and no warning is sent twice."
    ),
    _("Administrators"),
    places=("jump", "moment"),
    group="operation",
    urgent=True,
)


class ClockWatch:
    """Remembers the last look: what the clock showed, and where the steady counter stood, in seconds."""

    def __init__(self) -> None:
        self._seen: tuple[datetime, float] | None = None

    def look(self, steady_s: float | None = None) -> timedelta:
        """By how much the clock jumped since the last look; zero within the tolerance. The administrators are told."""
        now, steady = clock.now(), time.monotonic() if steady_s is None else steady_s
        jump = self._since(now, steady)
        self._seen = now, steady
        if abs(jump) <= TOLERANCE:
            return timedelta(0)
        _tell(jump)
        return jump

    def _since(self, now: datetime, steady: float) -> timedelta:
        if self._seen is not None:
            before, counter = self._seen
            return (now - before) - timedelta(seconds=steady - counter)
        last = heartbeat.last("schedule")
        return min(timedelta(0), now - last) if last else timedelta(0)


def _tell(jump: timedelta) -> None:
    minutes = f"{jump.total_seconds() / 60:+.1f}"
    logger.error("the machine's clock jumped by %s minutes", minutes)
    for user in alarm.keepers():
        queue("clock.jumped", Recipient.of(user), {"jump": minutes, "moment": clock.now()}, SUBJECT)
