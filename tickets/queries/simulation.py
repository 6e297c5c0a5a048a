"""Told tickets against the policy and the calendars that are in force, or against a draft; reads only (rule 2)."""

from typing import Any

from django.utils.translation import gettext as _

from partners.models import Partner
from portal.kernel.errors import InvalidInput
from tickets.models import PolicyVersion
from tickets.queries.calendar import Book
from tickets.queries.sla_policy import policy_in_force, policy_numbered
from tickets.rules.calendars import Calendars
from tickets.rules.simulation import answer, told
from tickets.rules.sla_clock import compute


class Simulator:
    """Answers lines one by one; `policy` is the number of a version, drafts too, None the one in force."""

    def __init__(self, policy: int | None = None) -> None:
        try:
            self.policy = policy_in_force() if policy is None else policy_numbered(policy)
        except PolicyVersion.DoesNotExist:
            raise InvalidInput(_("There is no version %d of the policy.") % policy) from None
        self.book = Book()

    def answer(self, line: str) -> dict[str, Any]:
        """Clocks and steps of a told ticket. Raises InvalidInput with the reason."""
        case = told(line)
        calendars = self._calendars(case.partner)
        return answer(compute(case.case, case.events, self.policy, calendars, case.now), case.ignored)

    def _calendars(self, partner: str) -> Calendars:
        if not partner:
            return self.book.named(None, None, None)
        row = Partner.objects.filter(code=partner).values_list("calendar").first()
        if row is None:
            raise InvalidInput(_("partner: there is no partner %s.") % partner)
        (calendar,) = row
        return self.book.named(None if calendar is None else str(calendar), None, None)
