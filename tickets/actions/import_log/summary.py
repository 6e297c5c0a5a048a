"""What an import did, for people and machines."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Summary:
    """Counts of one run. `tickets` are those the file names and that could be read; `entries` those written now."""

    source: str
    dry_run: bool
    rows: int = 0
    duplicates: int = 0
    tickets: int = 0
    created: int = 0
    extended: int = 0
    unchanged: int = 0
    entries: int = 0
    parties: Counter[str] = field(default_factory=Counter)
    unmapped: Counter[str] = field(default_factory=Counter)
    unplaced: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[int, str]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rows_per_second(self) -> int:
        return round(self.rows / self.seconds) if self.seconds else 0

    @property
    def useful(self) -> bool:
        """Whether anything of the file could be used."""
        return bool(self.tickets) or not self.refused

    def as_json(self) -> dict[str, Any]:
        """The shape that scripts rely on."""
        return {
            "source": self.source,
            "dry_run": self.dry_run,
            "rows": self.rows,
            "tickets": self.tickets,
            "created": self.created,
            "extended": self.extended,
            "unchanged": self.unchanged,
            "entries": self.entries,
            "duplicates": self.duplicates,
            "unmapped": dict(self.unmapped.most_common()),
            "unplaced": dict(self.unplaced.most_common()),
            "parties": dict(self.parties),
            "refused": [{"line": line, "reason": reason} for line, reason in sorted(self.refused)],
            "seconds": round(self.seconds, 3),
            "rows_per_second": self.rows_per_second,
        }
