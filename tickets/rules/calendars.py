"""By whose calendar the limits of a ticket run: brand, partner, outlet or customer (workflow.md, rules 2, 9)."""

from dataclasses import dataclass
from datetime import UTC, datetime

from portal.worktime.calendar import WorkCalendar
from portal.worktime.timeline import Timeline
from tickets.rules.sla_policy import CALENDARS

BRAND = CALENDARS[0]
_BEGINNING = datetime(1, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Calendars:
    """The four calendars of one ticket; whoever has none of his own has the next wider one.

    outlet → partner → brand; customer → brand. Pure values: the engine asks `of(line.calendar)`.
    """

    brand: Timeline
    partner: Timeline
    outlet: Timeline
    customer: Timeline

    @classmethod
    def build(
        cls,
        brand: Timeline,
        *,
        partner: Timeline | None = None,
        outlet: Timeline | None = None,
        customer: Timeline | None = None,
    ) -> "Calendars":
        """The narrower ones where they exist."""
        wide = partner or brand
        return cls(brand, wide, outlet or wide, customer or brand)

    @classmethod
    def single(cls, calendar: WorkCalendar) -> "Calendars":
        """One calendar for everything and for ever: simulations and tests."""
        return cls.build(Timeline(((_BEGINNING, calendar),)))

    def timeline(self, whose: str = BRAND) -> Timeline:
        """The versions of one of the four. KeyError for a word that is none of CALENDARS."""
        if whose not in CALENDARS:
            raise KeyError(whose)
        found: Timeline = getattr(self, whose)
        return found

    def of(self, whose: str = BRAND, at: datetime | None = None) -> WorkCalendar:
        """The calendar itself, as it stood at that moment; without one, the newest version."""
        return self.timeline(whose).at(at)

    def changes(self, whose: str, after: datetime, until: datetime) -> list[datetime]:
        """When that calendar changed, after the one moment and up to the other."""
        return self.timeline(whose).changes(after, until)
