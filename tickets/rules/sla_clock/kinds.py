"""The kinds of clocks as a table: what starts each, what stops it, what makes it void, to whom it applies.

A new kind is a new row here and lines in the policy; the engine knows no kind by name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Facts = Mapping[str, Any]
Test = Callable[[Facts], bool] | None
ON_SITE = "on_site"


def _outward(facts: Facts) -> bool:
    # Rule 4: outward, by a human, visible to the customer. Automatic answers stop nothing.
    return facts.get("outward") is True and not facts.get("automatic")


def _called(facts: Facts) -> bool:
    return _outward(facts) and facts.get("channel") == "phone"


def _told(facts: Facts) -> bool:
    return bool(str(facts.get("customer_communication") or "").strip())


def _opinion(facts: Facts) -> bool:
    return _outward(facts) and bool(facts.get("opinion"))


def _beyond(facts: Facts) -> bool:
    return bool(facts.get("beyond_capability"))


def _low(facts: Facts) -> bool:
    return bool(facts.get("low_score"))


#: By these a person tells the customer something of substance (R026, R121, R132, R136).
SUBSTANTIVE: Mapping[str, Test] = {
    "contact": _outward,
    "start": None,
    "progress": _told,
    "answer": None,
    "complete": None,
}
#: A ticket that is finished or withdrawn owes nothing more.
ENDED = ("cancel", "close")


@dataclass(frozen=True, slots=True)
class Kind:
    """One row. A verb maps to the test that its facts must pass, or to None when the verb is enough."""

    code: str
    stops: Mapping[str, Test] = field(default_factory=dict)
    starts: Mapping[str, Test] = field(default_factory=dict)
    from_receipt: bool = False
    voids: tuple[str, ...] = ENDED
    offers: tuple[str, ...] = ()  # stop for the time being, until confirmed
    withdraws: tuple[str, ...] = ()  # ... or taken back: as if never stopped
    confirms: tuple[str, ...] = ()
    category: str | None = None
    on_site: bool = False
    replaces: bool = False  # a second start ends the running cycle; otherwise it is ignored while one runs
    pauses: bool = False
    source_due: bool = False  # an imported ticket's own due time holds in its first cycle
    daily: bool = False  # one cycle a calendar day, from a start to what makes it void (R212)
    adds_up: bool = False  # a later cycle may have only what the earlier ones left (rule 7)
    borrows: str = ""  # whose lines hold where the policy has none for this kind
    placed: bool = False  # a matter of the outlet that had the ticket then, whoever has it now (rule 2)
    since: str = ""  # the fact of the starting verb that says since when

    def applies(self, category: str | None, mode: str | None) -> bool:
        """Whether a ticket of that category and mode of service has such a clock."""
        return (self.category is None or self.category == category) and (not self.on_site or mode == ON_SITE)


KINDS: tuple[Kind, ...] = (
    Kind("acknowledgement", {"register": None, **SUBSTANTIVE}, from_receipt=True),
    Kind("registration", {"register": None}, from_receipt=True),
    Kind("emergency_call", {"contact": _called}, from_receipt=True, category="emergency"),
    Kind("response", SUBSTANTIVE, from_receipt=True),
    Kind("complaint_response", SUBSTANTIVE, from_receipt=True, category="complaint"),
    Kind(
        "complaint_feedback",
        {"contact": _opinion, "start": None, "answer": None, "complete": None},
        from_receipt=True,
        category="complaint",
    ),
    Kind(
        "acceptance",
        {"accept": None},
        {"dispatch": None, "transfer": None},
        voids=("decline", "transfer", *ENDED),
        replaces=True,
        placed=True,
    ),
    Kind(
        "arrival",
        {"arrive": None, "complete": None},
        {"dispatch": None, "transfer": None},
        voids=("decline", "transfer", *ENDED),
        on_site=True,
        replaces=True,
        placed=True,
    ),
    Kind(
        "resolution",
        starts={"reopen": None},
        from_receipt=True,
        voids=("cancel",),
        offers=("complete", "answer"),
        withdraws=("reject", "transfer"),
        confirms=("confirm", "close"),
        replaces=True,
        pauses=True,
        source_due=True,
        adds_up=True,
    ),
    Kind(
        "escalation",
        {"escalate": None},
        {"diagnose": _beyond, "progress": _beyond, "note": _beyond},
        voids=("complete", "answer", "transfer", *ENDED),
    ),
    # The next level of support has clocks of its own, with the limits of the category (workflow.md, `escalate`).
    Kind("tier_response", SUBSTANTIVE, {"escalate": None}, replaces=True, borrows="response"),
    Kind(
        "tier_resolution",
        starts={"escalate": None},
        voids=("cancel",),
        offers=("complete", "answer"),
        withdraws=("reject", "transfer"),
        confirms=("confirm", "close"),
        replaces=True,
        pauses=True,
        borrows="resolution",
    ),
    Kind(
        "progress_update",
        {"progress": None},
        {"accept": None, "reject": None, "reopen": None},
        voids=("complete", "answer", "transfer", "dispatch", "confirm", *ENDED),
        daily=True,
    ),
    Kind("reassessment", {"diagnose": None}, {"reject": None}, replaces=True),
    Kind("follow_up", {"rate": None, "follow_up": None}, {"confirm": None}, voids=("reopen", *ENDED), replaces=True),
    Kind("low_score_callback", {"call_back": None}, {"rate": _low}, voids=("cancel",)),
    Kind(
        "delivery_follow_up",
        {"follow_up": None, "rate": None, "call_back": None, "contact": _outward},
        {"deliver": None},
        voids=("cancel",),
        replaces=True,
        since="delivered_at",
    ),
    # A dispute outlives the ticket that it began with: only its ruling or its withdrawal ends the clock.
    Kind("arbitration", {"dispute_rule": None}, {"dispute_accept": None}, voids=("dispute_withdraw",)),
)

STOP, OFFER, WITHDRAW, CONFIRM, VOID, START = range(6)
Effect = tuple[int, Kind, Test]


def _effects() -> dict[str, tuple[Effect, ...]]:
    found: dict[str, list[Effect]] = {}
    for kind in KINDS:
        if kind.daily:  # told by the days, see `daily`
            continue
        rows = (
            [(verb, STOP, test) for verb, test in kind.stops.items()]
            + [(verb, OFFER, None) for verb in kind.offers]
            + [(verb, WITHDRAW, None) for verb in kind.withdraws]
            + [(verb, CONFIRM, None) for verb in kind.confirms]
            + [(verb, VOID, None) for verb in kind.voids]
            + [(verb, START, test) for verb, test in kind.starts.items()]
        )
        for verb, effect, test in rows:
            found.setdefault(verb, []).append((effect, kind, test))
    return {verb: tuple(effects) for verb, effects in found.items()}


#: The same table read by verb: what an event does to which clock, ends before starts.
EFFECTS: Mapping[str, tuple[Effect, ...]] = _effects()
RANK: Mapping[str, int] = {kind.code: rank for rank, kind in enumerate(KINDS)}
