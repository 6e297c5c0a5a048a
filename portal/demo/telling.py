"""All stories together, in the order of time: a heap of moments, under a travelled clock."""

import heapq
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random

from portal.demo.customers import Served
from portal.demo.network import Network, Person, Shop
from portal.demo.pace import received
from portal.demo.repair import Repair
from portal.demo.script import CATEGORIES, Script, write
from portal.demo.story import Story
from portal.demo.talk import Complaint, Consultation
from portal.kernel import clock
from tickets.choices import Category, TicketState
from tickets.models import Ticket

STORIES: dict[str, type[Story]] = {
    Category.EMERGENCY: Repair,
    Category.FAULT: Repair,
    Category.CONSULTATION: Consultation,
    Category.COMPLAINT: Complaint,
}
#: Of a hundred tickets so many stand open now, hurried into their state, besides those that happen to be open.
LIVE_SHARE = 0.07
LIVE_STATES = (
    TicketState.RECEIVED,
    TicketState.REGISTERED,
    TicketState.DISPATCHED,
    TicketState.ACCEPTED,
    TicketState.DIAGNOSED,
    TicketState.IN_PROGRESS,
    TicketState.IN_PROGRESS,
    TicketState.SUSPENDED,
    TicketState.PENDING_CONFIRMATION,
    TicketState.REASSESSING,
    TicketState.RESOLVED,
    TicketState.CANCELLED,
)
#: States that a question never comes to.
ONLY_WORK = (
    TicketState.DIAGNOSED,
    TicketState.IN_PROGRESS,
    TicketState.SUSPENDED,
    TicketState.REASSESSING,
)
#: How long ago, in minutes, a ticket that stands in such a state now was received; by category where work goes on.
AGES: dict[str, tuple[float, float]] = {
    TicketState.RECEIVED: (1, 26),
    TicketState.REGISTERED: (8, 95),
    TicketState.DISPATCHED: (30, 150),
    TicketState.ACCEPTED: (40, 170),
}
WORK_AGES: dict[str, tuple[float, float]] = {
    Category.EMERGENCY: (200, 1380),
    Category.FAULT: (700, 4100),
    Category.CONSULTATION: (120, 3100),
    Category.COMPLAINT: (900, 9000),
}
#: Minutes in which the default policy wants a repair done.
RESOLUTION: dict[str, float] = {Category.EMERGENCY: 24 * 60, Category.FAULT: 72 * 60}


class Telling:
    """`count` stories between `first` and `now`."""

    def __init__(
        self, random: Random, network: Network, served: list[Served], first: datetime, now: datetime, count: int
    ) -> None:
        self.random, self.network, self.served = random, network, served
        self.first, self.now = first, now
        self.scripts = self._scripts(count)

    def run(self, told: Callable[[int], None]) -> None:
        """Tell all; `told` hears how many stories have ended or been left as they stand."""
        heap: list[tuple[datetime, int, Script, Iterator[datetime] | None, Story | None]]
        heap = [(script.received_at, index, script, None, None) for index, script in enumerate(self.scripts)]
        heapq.heapify(heap)
        last: Ticket | None = None
        ended = 0
        while heap:
            at, index, script, steps, story = heapq.heappop(heap)
            if steps is None or story is None:
                story = STORIES[script.category](self.network, script, last)
                story.quarters = (script.received_at - self.first) / timedelta(days=91)
                steps = story.play()
                next(steps)
            following = self._step(at, steps)
            last = story.ticket if story.ticket.state != TicketState.CANCELLED else last
            if following is not None and following <= self.now:
                heapq.heappush(heap, (following, index, script, steps, story))
                continue
            ended += 1
            told(ended)

    @staticmethod
    def _step(at: datetime, steps: Iterator[datetime]) -> datetime | None:
        with clock.travel(at):
            return next(steps, None)

    # who, what, when

    def _scripts(self, count: int) -> list[Script]:
        live = max(len(LIVE_STATES) * 2 if count >= 40 else 0, round(count * LIVE_SHARE))
        scripts = [self._past() for _ in range(count - live)] + [self._live(index) for index in range(live)]
        return sorted(scripts, key=lambda script: script.received_at)

    def _past(self) -> Script:
        begun = received(self.random, self.first, self.now)
        category = self.random.choices(list(CATEGORIES), list(CATEGORIES.values()))[0]
        if category != Category.COMPLAINT:
            return write(self.random, self.random.choice(self.served), begun, category)
        # Weak partners are complained of more.
        shop = self.random.choices(self.network.shops, [(1.02 - shop.quality) ** 2 for shop in self.network.shops])[0]
        script = write(self.random, self._owned(shop), begun, category)
        script.shop = shop
        return script

    def _live(self, index: int) -> Script:
        """A ticket that stands in the state of its turn now; some at the named technician's outlet."""
        stop = LIVE_STATES[index % len(LIVE_STATES)]
        categories = [Category.FAULT, Category.FAULT, Category.EMERGENCY, Category.COMPLAINT, Category.CONSULTATION]
        category = self.random.choice(categories[:3] if stop in ONLY_WORK else categories)
        begun = self.now - timedelta(minutes=self._age(index, stop, category))
        limit = self.now - (self.now - begun) * self.random.uniform(0.02, 0.25)
        shop, person = self._favoured() if self._is_favoured(index) else (None, None)
        script = write(self.random, self._owned(shop), begun, category, stop=stop, limit=limit)
        script.shop, script.person = shop, person
        return script

    @staticmethod
    def _is_favoured(index: int) -> bool:
        return index < len(LIVE_STATES) or (index + index // len(LIVE_STATES)) % 6 == 0

    def _age(self, index: int, stop: str, category: str) -> float:
        """Minutes since the receipt; of four under work one is overdue and one will be within two hours."""
        due = RESOLUTION.get(category)
        turn = (index + index // len(LIVE_STATES) + 1) % 4  # so that the named technician has one of each
        if stop in AGES or due is None or turn in (0, 2):
            return self.random.uniform(*(AGES.get(stop) or WORK_AGES[category]))
        return due * self.random.uniform(1.02, 1.25) if turn == 3 else due - self.random.uniform(6, 120)

    def _favoured(self) -> tuple[Shop, Person]:
        shop = self.network.shops[0]
        return shop, shop.people[0]

    def _owned(self, shop: Shop | None) -> Served:
        fitting = [s for s in self.served if shop and s.customer.region in shop.regions and s.line in shop.lines]
        return self.random.choice(fitting or self.served)
