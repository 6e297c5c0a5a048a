"""All rows of one ticket made into one case (spec/interfaces.md, R057)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from tickets.rules.log_mapping import TICKETS
from tickets.rules.log_row import Happening, LogRow
from tickets.rules.log_state import with_implied
from tickets.rules.log_words import FALLBACK

Refusal = tuple[int, str]


@dataclass(slots=True)
class LogCase:
    """What a log says of one ticket: `fields` are the latest words, `happenings` only what is written down."""

    external_id: str
    fields: Mapping[str, str]
    first_partner: str
    due_at: datetime | None
    happenings: list[Happening]
    lines: list[int]
    refused: list[Refusal] = field(default_factory=list)

    def get(self, name: str) -> str:
        """A field, or what a closed list falls back to, or nothing."""
        return self.fields.get(name) or FALLBACK.get(name, "")

    def told(self, known: Sequence[Happening], *, ends: bool, label: str) -> list[Happening]:
        """Everything that happened, in order: what the journal knows, what is new, and what follows from both."""
        fresh = _fresh(self.happenings, known)
        told = with_implied([*known, *fresh], self.get("status"), ends=ends, label=label)
        return _with_voice(told, self.get("score"), self.get("remark"), label)


def case_of(rows: Iterable[LogRow], kind: str) -> LogCase | None:
    """Merge the rows of one ticket in the order of the file; None when every one of them is refused (R057)."""
    rows, refused = _possible(list(rows), kind)
    if not rows:
        return None
    fields: dict[str, str] = {}
    for row in rows:
        fields.update(row.fields)
    return LogCase(
        external_id=rows[0].ticket,
        fields=fields,
        first_partner=next((row.fields["partner"] for row in rows if "partner" in row.fields), ""),
        due_at=next((row.due_at for row in reversed(rows) if row.due_at), None),
        happenings=[happening for row in rows for happening in row.happenings],
        lines=[row.line for row in rows],
        refused=refused,
    )


def _possible(rows: list[LogRow], kind: str) -> tuple[list[LogRow], list[Refusal]]:
    """Without the rows that contradict the others."""
    if kind == TICKETS:
        return rows[:1], [(row.line, _("the ticket stands in line %d already, otherwise") % rows[0].line)
                          for row in rows[1:]]  # fmt: skip
    receipts = [each.at for row in rows for each in row.happenings if each.verb == "receive"]
    if not receipts:
        return rows, []
    received = min(receipts)
    early = [row for row in rows if any(each.at < received for each in row.happenings)]
    refused = [(row.line, _("lies before the receipt of the request: that order cannot be")) for row in early]
    return [row for row in rows if row not in early], refused


def _fresh(happenings: Iterable[Happening], known: Iterable[Happening]) -> list[Happening]:
    """What the journal does not hold yet; the same mark twice in the file is two things that happened."""
    held: dict[tuple[str, datetime, str], int] = {}
    for each in known:
        held[each.mark] = held.get(each.mark, 0) + 1
    found = []
    for each in happenings:
        if held.get(each.mark, 0):
            held[each.mark] -= 1
        elif not (held and each.verb == "receive"):
            found.append(each)
    return found


def _with_voice(told: list[Happening], score: str, remark: str, label: str) -> list[Happening]:
    """The customer's score as a rating and his remark as its words, at the last moment that the log knows."""
    if not told or not (score or remark):
        return told
    if score:
        if any(each.verb == "rate" and "overall" in each.facts for each in told):
            return told
        at = next((each.at for each in told if each.verb == "rate"), told[-1].at)
        facts = {"overall": int(score), "suggestions": remark, "low_score": int(score) < 3, "implied": True}
        return [*told, Happening("rate", at, label, facts=facts, implied=True)]
    if any(each.facts.get("note") == remark for each in told):
        return told
    facts = {"note": remark, "implied": True}
    return [*told, Happening("note", told[-1].at, label, facts=facts, implied=True)]
