"""The round of each minute: what is due goes out, urgent things first, as long as the time allows."""

from datetime import timedelta

from portal.kernel import clock
from portal.notify.delivery import deliver, due
from portal.notify.models import Delivery

BATCH = 500
#: A worker that is told to stop finishes its task first: no round is longer than this.
ROUND = timedelta(seconds=10)


def deliver_due() -> tuple[int, bool]:
    """Deliver what is due, also what a dead worker left behind; answers how many were sent and whether more waits."""
    start, sent = clock.now(), 0
    waiting = Delivery.objects.filter(due(start)).order_by("-notice__urgent", "next_try_at", "pk")
    for pk in list(waiting.values_list("pk", flat=True)[:BATCH]):
        if clock.now() - start > ROUND:
            return sent, True
        sent += deliver(pk)
    return sent, False
