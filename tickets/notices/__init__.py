"""Whom a change of a ticket is told, and in which words (R060, R121, R211)."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.journal.log import subject_of
from portal.notify.places import describe
from portal.notify.queue import LinkTo, Recipient, announce, first_way, queue
from portal.notify.types import register, register_group
from tickets.choices import Category
from tickets.models import Ticket

#: Where a customer's link leads, by purpose, and for how many days.
LINKS = {"track": ("/t/{token}/", 90), "rate": ("/rate/{token}/", 30)}


_NUMBER, _TITLE, _OWNER = "FW20261126-0012", _("Range drops suddenly in the cold"), _("Li Jianguo")
describe("number", _("Ticket number"), _NUMBER)
describe("title", _("Title of the ticket"), _TITLE)
describe("category", _("Category"), _("General fault"))
describe("owner", _("Responsible person"), _OWNER)
describe("outlet", _("Service outlet"), _("Pudong service outlet"))
describe("senior", _("Senior lead"), _("Wang Qiang"))
describe("finding", _("Preliminary analysis"), _("Cell 12 of the battery pack is below its voltage."))
describe("solution", _("Solution"), _("The battery module is replaced."))
describe("hours", _("Estimated duration in hours"), "4")
describe("measures", _("What was done"), _("The module was removed and measured."))
describe("next", _("Next step"), _("The new module is mounted tomorrow."))
describe("needed", _("What is needed from the customer"), _("Please leave the second key."))
describe("until", _("Until when"), "2026-11-28 18:00")
describe("result", _("Result"), _("Module replaced, range tested, no fault stored."))
describe("code", _("One-time code"), "483920")
describe("text", _("What was written"), _("The fault came back this morning."))
describe("reason", _("Reason"), _("The noise is still there."))
describe("due", _("Due at"), "2026-11-26 10:30")
describe("cause", _("Cause"), _("Needs the manufacturer's diagnosis tool"))
describe("overall", _("Overall score"), "2")


register_group("customer", _("To customers"), roles=frozenset())
register_group(
    "work",
    _("My work"),
    _("Tickets that come to me, are declined, escalated or withdrawn"),
    must=_("A new ticket has to be accepted within an hour."),
)
register_group(
    "answers", _("Answers of customers"), _("Confirmed, rejected, opened again, low scores, more information")
)
register_group(
    "deadlines",
    _("Deadlines"),
    _("Warnings before a limit passes, and limits that were missed"),
    must=_("Whoever answers for a limit must hear of it."),
)

#: How NOTIFY_URLS calls the robots that tell the desk, and a partner by its code.
DESK_GROUP, PARTNER_GROUP = "desk", "partner."
#: What the text of every notice about a ticket may name.
EVERY = ("number", "title", "category", "owner", "outlet")
CUSTOMER, OWNER, PARTNER, DESK = (
    _("Customer"),
    _("Responsible person"),
    _("Partner's leads and outlet"),
    _("Service desk"),
)
#: In an emergency these do not wait for the morning: half an hour is the limit (K14, R060).
AT_ONCE = frozenset({"ticket.new", "ticket.dispatched", "ticket.assigned", "ticket.escalated_desk", "ticket.declined"})


def _register(code: str, audience: Any, title: Any, body: Any, *more: str, prompt: bool = False) -> None:
    """One kind of notice about a ticket; `more` are the places that its caller fills besides those of EVERY."""
    group = "customer" if audience is CUSTOMER else "answers" if code in _ANSWERS else "work"
    register(code, title, body, audience, places=(*EVERY, *more), group=group, prompt=prompt)


_ANSWERS = {
    "ticket.information", "ticket.confirmed", "ticket.rejected", "ticket.reopened", "ticket.low_score",
}  # fmt: skip

_register(
    "ticket.received",
    CUSTOMER,
    _("We received your request %(number)s"),
    _("your request “%(title)s” has reached us under the number %(number)s. You can follow it here: %(link)s"),
    prompt=True,
)
_register(
    "ticket.registered",
    CUSTOMER,
    _("Your request %(number)s is registered"),
    _("your request %(number)s is registered as %(category)s. You can follow it here: %(link)s"),
)
_register(
    "ticket.accepted",
    CUSTOMER,
    _("%(number)s: %(owner)s takes care of it"),
    _("%(owner)s of %(outlet)s is responsible for your request %(number)s. You can follow it here: %(link)s"),
)
_register(
    "ticket.escalated",
    CUSTOMER,
    _("%(number)s is escalated"),
    _("your request %(number)s now lies with the next level of support, %(senior)s."),
    "senior",
)
_register(
    "ticket.diagnosed",
    CUSTOMER,
    _("%(number)s is diagnosed"),
    _("the preliminary analysis of %(number)s: %(finding)s"),
    "finding",
)
_register(
    "ticket.started",
    CUSTOMER,
    _("Work on %(number)s has begun"),
    _("solution for %(number)s: %(solution)s\nEstimated duration: %(hours)s hours."),
    "solution",
    "hours",
)
_register(
    "ticket.progress",
    CUSTOMER,
    _("Progress of %(number)s"),
    _("%(measures)s\nNext step: %(next)s\nNeeded from you: %(needed)s"),
    "measures",
    "next",
    "needed",
)
_register("ticket.arrived", CUSTOMER, _("Our technician has arrived"), _("the technician for %(number)s is on site."))
_register(
    "ticket.suspended",
    CUSTOMER,
    _("%(number)s waits"),
    _("work on %(number)s waits, expectedly until %(until)s."),
    "until",
)
_register("ticket.resumed", CUSTOMER, _("%(number)s goes on"), _("work on %(number)s goes on."))
_register(
    "ticket.completed",
    CUSTOMER,
    _("Please confirm the result of %(number)s"),
    _("the work is done: %(result)s\nPlease confirm and sign, or tell us what is missing: %(link)s"),
    "result",
)
_register(
    "ticket.rate",
    CUSTOMER,
    _("How was our service for %(number)s?"),
    _("thank you for confirming. Please rate our service, anonymously if you like: %(link)s"),
    prompt=True,
)
_register(
    "ticket.closed",
    CUSTOMER,
    _("%(number)s is closed"),
    _("your request %(number)s is closed and archived. Thank you."),
)
_register("ticket.cancelled", CUSTOMER, _("%(number)s is cancelled"), _("the request %(number)s has been cancelled."))
_register(
    "ticket.code",
    CUSTOMER,
    _("Your code for %(number)s"),
    _("the code for %(number)s is %(code)s. It holds for ten minutes."),
    "code",
    prompt=True,
)
_register("ticket.new", DESK, _("New request %(number)s"), _("“%(title)s” waits to be registered."))
_register("ticket.information", OWNER, _("%(number)s: the customer added information"), "%(text)s", "text")
_register(
    "ticket.reclassified",
    OWNER,
    _("%(number)s was reclassified"),
    _("It is %(category)s now. Reason: %(reason)s"),
    "reason",
)
_register(
    "ticket.dispatched",
    PARTNER,
    _("New ticket %(number)s"),
    _("“%(title)s” was dispatched to %(outlet)s. Please accept it before %(due)s."),
    "due",
)
_register("ticket.declined", DESK, _("%(number)s was declined"), _("Reason: %(reason)s"), "reason")
_register("ticket.assigned", OWNER, _("%(number)s is yours"), _("You are responsible for “%(title)s”."))
_register("ticket.escalated_desk", DESK, _("%(number)s was escalated"), _("Cause: %(cause)s"), "cause")
_register(
    "ticket.confirmed", OWNER, _("%(number)s: the customer confirmed"), _("The customer signed the confirmation.")
)
_register(
    "ticket.rejected",
    OWNER,
    _("%(number)s: not solved"),
    _("The customer rejected the result: %(reason)s"),
    "reason",
)
_register(
    "ticket.reopened",
    OWNER,
    _("%(number)s is open again"),
    _("The solved ticket was opened again: %(reason)s"),
    "reason",
)
_register(
    "ticket.low_score",
    DESK,
    _("%(number)s: a low score"),
    _("The customer gave %(overall)s of 5. Call back within one working day."),
    "overall",
)


def tell_customer(
    ticket: Ticket, code: str, /, *, link: str | None = None, urgent: bool | None = None, **context: Any
) -> None:
    """To the contact of the ticket, in his language; `link` is the purpose of the signed link it carries."""
    recipient = _customer(ticket)
    wanted = LinkTo(link, *LINKS[link]) if link else None
    queue(code, recipient, _context(ticket, context), subject_of(ticket), link=wanted, urgent=urgent)


def way_to_customer(ticket: Ticket) -> str:
    """The channel by which the contact is told first: mail, or text message (R220); empty where there is none."""
    return first_way(_customer(ticket))


def _customer(ticket: Ticket) -> Recipient:
    return Recipient(
        name=ticket.contact_name or ticket.customer_name,
        email=ticket.contact_email,
        phone=ticket.contact_phone,
        language=ticket.language,
    )


def tell_owner(
    ticket: Ticket, code: str, /, *, but: Actor | None = None, urgent: bool | None = None, **context: Any
) -> None:
    """To the responsible person, unless he did it himself."""
    user = ticket.owner.user if ticket.owner else None
    if user is not None and (but is None or but.user_id != user.pk):
        _tell(ticket, code, Recipient.of(user), urgent, context)


def tell_partner(ticket: Ticket, code: str, /, *, urgent: bool | None = None, **context: Any) -> None:
    """To the dispatchers and managers of the ticket's partner, and to the people of the outlet who may take it."""
    leads = Q(role__in=[Role.DISPATCHER, Role.PARTNER_MANAGER])
    takes = Q(user__staff__outlet=ticket.outlet, user__staff__active=True, user__staff__on_duty=True)
    reach = Membership.objects.filter(
        leads | takes, active=True, organisation_id=ticket.partner.organisation_id, user__is_active=True
    )
    for user in User.objects.filter(pk__in=reach.values("user")).select_related("notice_preference"):
        _tell(ticket, code, Recipient.of(user), urgent, context)
    _announce(ticket, code, partner_group(ticket), urgent, context)


def tell_desk(ticket: Ticket, code: str, /, *, urgent: bool | None = None, **context: Any) -> None:
    """To the service desk, as far as its regions reach."""
    desk = User.objects.filter(membership__active=True, membership__role=Role.SERVICE_DESK, is_active=True)
    desk = desk.select_related("notice_preference").prefetch_related("membership_set")
    for user in desk:
        regions = next(m.regions for m in user.membership_set.all() if m.active)
        if not regions or ticket.region in regions:
            _tell(ticket, code, Recipient.of(user), urgent, context)
    _announce(ticket, code, DESK_GROUP, urgent, context)


def partner_group(ticket: Ticket) -> str:
    """How NOTIFY_URLS calls the robot of the ticket's partner: 'partner.P-001'."""
    return f"{PARTNER_GROUP}{ticket.partner.code}"


def _tell(ticket: Ticket, code: str, to: Recipient, urgent: bool | None, context: dict[str, Any]) -> None:
    queue(code, to, _context(ticket, context), subject_of(ticket), urgent=_urgent(ticket, code, urgent))


def _announce(ticket: Ticket, code: str, group: str, urgent: bool | None, context: dict[str, Any]) -> None:
    announce(code, group, _context(ticket, context), subject_of(ticket), urgent=_urgent(ticket, code, urgent))


def _urgent(ticket: Ticket, code: str, wanted: bool | None) -> bool | None:
    """As the caller says; else what an emergency cannot wait for is urgent."""
    if wanted is None and ticket.category == Category.EMERGENCY and code in AT_ONCE:
        return True
    return wanted


def _context(ticket: Ticket, extra: dict[str, Any]) -> dict[str, Any]:
    """What every text of a ticket may name; empty values read as a dash."""
    return {
        "number": ticket.number,
        "title": ticket.title,
        # The label is put in the reader's language when the text is written.
        "category": Category(ticket.category).label if ticket.category else "",
        "owner": ticket.owner.name if ticket.owner else "",
        "outlet": ticket.outlet.name if ticket.outlet else "",
        **extra,
    }
