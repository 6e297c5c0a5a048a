"""What a partner may do as it stands with the brand: one table (R016, R033; spec/roles.md)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices import Standing
from portal.kernel.verdict import ALLOWED, Denied, Verdict


@dataclass(frozen=True, slots=True)
class Allows:
    """`new` tickets by hand, `automatic` choice of its outlets, `open` tickets worked on, `pages` about tickets.

    `authorised`: new tickets only within an authorisation that names them and is valid on the day.
    """

    new: bool
    automatic: bool
    open: bool
    pages: bool
    authorised: bool = False
    meaning: Any = ""


#: R033: who fails loses scope, then new tickets, then everything but his own contract papers.
TABLE: dict[str, Allows] = {
    Standing.ACTIVE: Allows(True, True, True, True, meaning=gettext_lazy("No limits.")),
    Standing.WARNED: Allows(
        True, True, True, True, meaning=gettext_lazy("No limits yet; the next failure costs scope.")
    ),
    Standing.SCOPE_REDUCED: Allows(
        True,
        False,
        True,
        True,
        authorised=True,
        meaning=gettext_lazy("New tickets only by hand and within a valid authorisation; open ones go on."),
    ),
    Standing.SUSPENDED: Allows(
        False, False, True, True, meaning=gettext_lazy("No new tickets; what is accepted is finished.")
    ),
    Standing.TERMINATED: Allows(
        False,
        False,
        False,
        False,
        meaning=gettext_lazy("No tickets and no pages about them; managers read their own contracts and notices."),
    ),
}
#: Standings as sets, for queries.
GETS_NEW = tuple(standing for standing, allows in TABLE.items() if allows.new)
CHOSEN_AUTOMATICALLY = tuple(standing for standing, allows in TABLE.items() if allows.automatic)
LET_IN = tuple(standing for standing, allows in TABLE.items() if allows.pages)
SHUT_OUT = tuple(standing for standing, allows in TABLE.items() if not allows.pages)
ONLY_AUTHORISED = tuple(standing for standing, allows in TABLE.items() if allows.authorised)


def may_get(standing: str, name: str) -> Verdict:
    """Whether a partner that stands so gets another ticket; the reason names it (R016, R033)."""
    if TABLE[standing].new:
        return ALLOWED
    told = {"partner": name, "standing": Standing(standing).label}
    return Denied(_("%(partner)s gets no new tickets: its standing is “%(standing)s”.") % told)


def may_work(standing: str) -> Verdict:
    """Whether its people may go on with the tickets they have (R016, R033)."""
    if TABLE[standing].open:
        return ALLOWED
    return Denied(_("The cooperation with this partner has ended: its tickets are handed over."))
