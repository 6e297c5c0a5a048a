"""The words that a mapping may use: fields, steps and the values of closed lists (spec/interfaces.md, R057)."""

from collections.abc import Mapping
from dataclasses import dataclass

from partners.choices import ServiceTier
from tickets.choices import CancelReason, Category, Channel, SuspendReason, TicketState, Urgency
from tickets.rules.transition import MOVES

FIELDS = (
    "ticket", "partner", "outlet", "assignee", "customer", "contact", "phone", "email", "product", "model", "serial",
    "category", "urgency", "channel", "tier", "title", "description", "region", "address", "status", "due", "score",
    "remark",
)  # fmt: skip
RECEIVED_KEYS = ("received", "receive")
#: Steps that a log can name: every transition, the receipt itself and a plain note.
STEPS = ("receive", *MOVES, "note")
DUPLICATE, CANCELLED, OPEN = "duplicate", "cancelled", "open"
#: Fields whose values come from a closed list.
CLOSED_LISTS: Mapping[str, tuple[str, ...]] = {
    "category": tuple(Category.values),
    "urgency": tuple(Urgency.values),
    "channel": tuple(Channel.values),
    "tier": tuple(ServiceTier.values),
    "status": (DUPLICATE, OPEN, *TicketState.values),
    "score": ("1", "2", "3", "4", "5"),
}
#: What a closed list falls back to when neither the file nor the mapping says anything.
FALLBACK: Mapping[str, str] = {"channel": Channel.IMPORT, "tier": ServiceTier.BASIC}
REASONS: Mapping[str, tuple[str, ...]] = {
    "suspend": tuple(SuspendReason.values),
    "cancel": tuple(CancelReason.values),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A journal verb, with its reason where the log's own word implies one: 'suspend:parts'."""

    verb: str
    reason: str = ""


def step_of(word: str) -> Step:
    """Read 'verb' or 'verb:reason' (R057)."""
    verb, _, reason = word.partition(":")
    return Step(verb, reason)


def is_step(word: str) -> bool:
    """Whether a mapping may use this word for an activity or a time (R057)."""
    step = step_of(word)
    return step.verb in STEPS and (not step.reason or step.reason in REASONS.get(step.verb, ()))
