"""The words of every notice about a ticket: title and text, what they may name, to whom they go (R060, R121, R211)."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.notify.places import describe
from portal.notify.types import register, register_group

_NUMBER, _TITLE, _OWNER = "FW20261126-0012", _("Range drops suddenly in the cold"), _("Li Jianguo")
describe("number", _("Ticket number"), _NUMBER)
describe("title", _("Title of the ticket"), _TITLE)
describe("category", _("Problem type"), _("General fault"))
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
describe("due", pgettext_lazy("clock", "Due at"), "2026-11-26 10:30")
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

#: What the text of every notice about a ticket may name.
EVERY = ("number", "title", "category", "owner", "outlet")
CUSTOMER, OWNER, PARTNER, DESK = (
    _("Customer"),
    _("Responsible person"),
    _("Partner's leads and outlet"),
    _("Service desk"),
)


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
