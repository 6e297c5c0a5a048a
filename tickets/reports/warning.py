"""What a warning of a clock says to one person (workflow.md, Clocks; rule 10)."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.journal.log import subject_of
from portal.notify.places import describe
from portal.notify.queue import Recipient, queue
from portal.notify.types import register
from tickets.choices import Category
from tickets.models import ClockWarning, Ticket

ON_THE_LADDER = _("Whoever the ladder of warnings names")
PLACES = ("number", "title", "category", "owner", "outlet", "clock", "level", "due", "instead")

describe("clock", _("Clock"), _("First response"))
describe("level", _("How much of the limit has passed"), "80 %")
describe("instead", _("In whose place it is sent"), "")
register(
    "ticket.clock_warning",
    _("%(number)s: “%(clock)s” is due %(due)s"),
    _("%(level)s of the limit “%(clock)s” of “%(title)s” have passed; it falls due %(due)s. %(instead)s"),
    ON_THE_LADDER,
    places=PLACES,
    group="deadlines",
)
register(
    "ticket.clock_breach",
    _("%(number)s: “%(clock)s” was missed"),
    _("the limit “%(clock)s” of “%(title)s” passed %(due)s (%(level)s). Responsible: %(owner)s. %(instead)s"),
    ON_THE_LADDER,
    places=PLACES,
    group="deadlines",
)


def tell_of_clock(ticket: Ticket, warning: ClockWarning, user: User, instead_of: str) -> None:
    """A level of a clock to one person, in his language; emergencies pass quiet hours."""
    with translation.override(user.language):
        context = {
            "number": ticket.number,
            "title": ticket.title,
            "category": str(Category(ticket.category).label) if ticket.category else "",
            "owner": ticket.owner.name if ticket.owner else "",
            "outlet": ticket.outlet.name if ticket.outlet else "",
            "clock": str(warning.get_kind_display()),
            "level": warning.level,
            "due": warning.due_at,
            "instead": str(_("You get this in place of %(name)s.") % {"name": instead_of}) if instead_of else " ",
        }
    code = "ticket.clock_breach" if warning.is_breach else "ticket.clock_warning"
    urgent = ticket.category == Category.EMERGENCY
    queue(code, Recipient.of(user), context, subject_of(ticket), urgent=urgent)
