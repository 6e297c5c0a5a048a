"""What one ticket is about: matter, words and the turns that its story takes, drawn before it begins."""

from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from portal.demo import texts
from portal.demo.customers import Served
from portal.demo.network import Person, Shop
from tickets.choices import Category, Channel, CustomerKind, TicketState, Urgency

#: Shares of the turns a story can take, and how much the weakness of a partner (1 − quality) adds.
TURNS: dict[str, tuple[float, float]] = {
    "decline": (0.01, 0.25),
    "reject": (0.005, 0.38),
    "reopen": (0.005, 0.16),
    "suspend": (0.09, 0.1),
    "escalate": (0.03, 0.12),
    "transfer": (0.015, 0.06),
    "amend": (0.03, 0.0),
    "reclassify": (0.03, 0.0),
    "add_information": (0.07, 0.0),
    "photo": (0.05, 0.0),
    "scan": (0.07, 0.0),
}
CATEGORIES = {Category.EMERGENCY: 13, Category.FAULT: 56, Category.CONSULTATION: 27, Category.COMPLAINT: 4}
CHANNELS = {
    Channel.PHONE: 38,
    Channel.PORTAL: 24,
    Channel.APP: 14,
    Channel.CHAT: 8,
    Channel.SOCIAL: 6,
    Channel.MAIL: 5,
    Channel.WALK_IN: 3,
    Channel.API: 2,
}
#: Who hangs on the telephone does not send a photo with it.
SPOKEN = (Channel.PHONE, Channel.WALK_IN)
GREETINGS = ("", "你好，", "您好，", "麻烦咨询一下，", "想请教一个问题：")
URGENCY = {
    Category.EMERGENCY: (Urgency.CRITICAL, Urgency.CRITICAL, Urgency.HIGH),
    Category.FAULT: (Urgency.NORMAL, Urgency.NORMAL, Urgency.HIGH, Urgency.LOW),
    Category.CONSULTATION: (Urgency.LOW, Urgency.NORMAL),
    Category.COMPLAINT: (Urgency.NORMAL, Urgency.HIGH),
}


@dataclass
class Script:
    """A ticket as it will be told; `stop` ends the story in that state, `limit` is when it must have got there."""

    served: Served
    category: str
    channel: str
    received_at: datetime
    matter: dict[str, Any]
    title: str
    description: str
    random: Random
    cancel: str = ""
    stop: str = ""
    limit: datetime | None = None
    turns: set[str] = field(default_factory=set)
    shop: Shop | None = None
    person: Person | None = None

    def draws(self, turn: str, quality: float) -> bool:
        """Whether the story takes that turn with a partner of such quality."""
        base, weak = TURNS[turn]
        return turn in self.turns or (not self.stop and self.random.random() < base + weak * (1 - quality))

    def words(self, name: str) -> str:
        return texts.phrase(self.random, name)


def write(
    random: Random,
    served: Served,
    received_at: datetime,
    category: str,
    *,
    stop: str = "",
    limit: datetime | None = None,
) -> Script:
    """A script of what can happen to that equipment."""
    matter = random.choice(_matters(served.line, category))
    number = {"n": random.randint(3, 12)}
    script = Script(
        served=served,
        category=category,
        channel=random.choices(list(CHANNELS), list(CHANNELS.values()))[0],
        received_at=received_at,
        matter=matter,
        title=_title(random, served, category, matter).format(**number),
        description=_description(random, category, matter).format(**number),
        random=Random(random.random()),
        stop=stop,
        limit=limit,
    )
    if stop == TicketState.CANCELLED or (not stop and random.random() < 0.035):
        script.cancel = random.choice(("withdrawn", "withdrawn", "duplicate", "mistake"))
    if stop == TicketState.SUSPENDED:
        script.turns.add("suspend")
    if stop == TicketState.REASSESSING:
        script.turns.add("reject")
    return script


def _matters(line: str, category: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        texts.read("complaints")["complaint"] if category == Category.COMPLAINT else texts.line(line)[category]
    )
    return found


def _title(random: Random, served: Served, category: str, matter: dict[str, Any]) -> str:
    """With the place on the site for faults of companies; at home everybody knows where it is."""
    title = str(matter["title"])
    if category != Category.FAULT or served.customer.kind == CustomerKind.PERSON:
        return title
    place = texts.phrase(random, "place")
    return f"{place}{title}" if not place or title.startswith(("充电", "换电", "设备")) else f"{place}：{title}"


def _description(random: Random, category: str, matter: dict[str, Any]) -> str:
    says = str(matter["says"])
    if category == Category.COMPLAINT:
        return f"{says}{texts.phrase(random, 'effect_complaint')}"
    if category == Category.CONSULTATION:
        return f"{random.choice(GREETINGS)}{says}"
    if category == Category.EMERGENCY:
        return f"{says}{texts.phrase(random, 'effect_emergency')}"
    parts = (texts.phrase(random, "opening"), says, texts.phrase(random, "tried"), texts.phrase(random, "effect"))
    return "".join(parts)
