"""Whom a change of a ticket is told, and in which words (R060, R121, R211)."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.journal.log import subject_of
from portal.notify.queue import LinkTo, Recipient, queue
from portal.notify.types import register
from tickets.models import Ticket

#: Where a customer's link leads, by purpose, and for how many days.
LINKS = {"track": ("/t/{token}/", 90), "rate": ("/rate/{token}/", 30)}

register(
    "ticket.received",
    _("We received your request %(number)s"),
    _("your request “%(title)s” has reached us under the number %(number)s. You can follow it here: %(link)s"),
)
register(
    "ticket.registered",
    _("Your request %(number)s is registered"),
    _("your request %(number)s is registered as %(category)s. You can follow it here: %(link)s"),
)
register(
    "ticket.accepted",
    _("%(number)s: %(owner)s takes care of it"),
    _("%(owner)s of %(outlet)s is responsible for your request %(number)s. You can follow it here: %(link)s"),
)
register(
    "ticket.escalated",
    _("%(number)s is escalated"),
    _("your request %(number)s now lies with the next level of support, %(senior)s."),
)
register("ticket.diagnosed", _("%(number)s is diagnosed"), _("the preliminary analysis of %(number)s: %(finding)s"))
register(
    "ticket.started",
    _("Work on %(number)s has begun"),
    _("solution for %(number)s: %(solution)s\nEstimated duration: %(hours)s hours."),
)
register(
    "ticket.progress", _("Progress of %(number)s"), _("%(measures)s\nNext step: %(next)s\nNeeded from you: %(needed)s")
)
register("ticket.arrived", _("Our technician has arrived"), _("the technician for %(number)s is on site."))
register("ticket.suspended", _("%(number)s waits"), _("work on %(number)s waits, expectedly until %(until)s."))
register("ticket.resumed", _("%(number)s goes on"), _("work on %(number)s goes on."))
register(
    "ticket.completed",
    _("Please confirm the result of %(number)s"),
    _("the work is done: %(result)s\nPlease confirm and sign, or tell us what is missing: %(link)s"),
)
register(
    "ticket.rate",
    _("How was our service for %(number)s?"),
    _("thank you for confirming. Please rate our service, anonymously if you like: %(link)s"),
)
register("ticket.closed", _("%(number)s is closed"), _("your request %(number)s is closed and archived. Thank you."))
register("ticket.cancelled", _("%(number)s is cancelled"), _("the request %(number)s has been cancelled."))
register(
    "ticket.code", _("Your code for %(number)s"), _("the code for %(number)s is %(code)s. It holds for ten minutes.")
)
register("ticket.new", _("New request %(number)s"), _("“%(title)s” waits to be registered."))
register("ticket.information", _("%(number)s: the customer added information"), "%(text)s")
register("ticket.reclassified", _("%(number)s was reclassified"), _("It is %(category)s now. Reason: %(reason)s"))
register(
    "ticket.dispatched",
    _("New ticket %(number)s"),
    _("“%(title)s” was dispatched to %(outlet)s. Please accept it before %(due)s."),
)
register("ticket.declined", _("%(number)s was declined"), _("Reason: %(reason)s"))
register("ticket.assigned", _("%(number)s is yours"), _("You are responsible for “%(title)s”."))
register("ticket.escalated_desk", _("%(number)s was escalated"), _("Cause: %(cause)s"))
register("ticket.confirmed", _("%(number)s: the customer confirmed"), _("The customer signed the confirmation."))
register("ticket.rejected", _("%(number)s: not solved"), _("The customer rejected the result: %(reason)s"))
register("ticket.reopened", _("%(number)s is open again"), _("The solved ticket was opened again: %(reason)s"))
register(
    "ticket.low_score",
    _("%(number)s: a low score"),
    _("The customer gave %(overall)s of 5. Call back within one working day."),
)


def tell_customer(ticket: Ticket, code: str, /, *, link: str | None = None, **context: Any) -> None:
    """To the contact of the ticket, in his language; `link` is the purpose of the signed link it carries."""
    recipient = Recipient(
        name=ticket.contact_name or ticket.customer_name, email=ticket.contact_email, language=ticket.language
    )
    wanted = LinkTo(link, *LINKS[link]) if link else None
    queue(code, recipient, _context(ticket, context), subject_of(ticket), link=wanted)


def tell_owner(ticket: Ticket, code: str, /, *, but: Actor | None = None, **context: Any) -> None:
    """To the responsible person, unless he did it himself."""
    user = ticket.owner.user if ticket.owner else None
    if user is not None and (but is None or but.user_id != user.pk):
        queue(code, Recipient.of(user), _context(ticket, context), subject_of(ticket))


def tell_partner(ticket: Ticket, code: str, /, **context: Any) -> None:
    """To the dispatchers and managers of the ticket's partner, and to the people of the outlet who may take it."""
    leads = Q(role__in=[Role.DISPATCHER, Role.PARTNER_MANAGER])
    takes = Q(user__staff__outlet=ticket.outlet, user__staff__active=True, user__staff__on_duty=True)
    reach = Membership.objects.filter(
        leads | takes, active=True, organisation_id=ticket.partner.organisation_id, user__is_active=True
    )
    for user in User.objects.filter(pk__in=reach.values("user")):
        queue(code, Recipient.of(user), _context(ticket, context), subject_of(ticket))


def tell_desk(ticket: Ticket, code: str, /, **context: Any) -> None:
    """To the service desk, as far as its regions reach."""
    desk = User.objects.filter(
        membership__active=True, membership__role=Role.SERVICE_DESK, is_active=True
    ).prefetch_related("membership_set")
    for user in desk:
        regions = next(m.regions for m in user.membership_set.all() if m.active)
        if not regions or ticket.region in regions:
            queue(code, Recipient.of(user), _context(ticket, context), subject_of(ticket))


def _context(ticket: Ticket, extra: dict[str, Any]) -> dict[str, Any]:
    """What every text of a ticket may name; empty values read as a dash."""
    named: dict[str, Any] = {
        "number": ticket.number,
        "title": ticket.title,
        "category": ticket.get_category_display(),
        "owner": ticket.owner.name if ticket.owner else "",
        "outlet": ticket.outlet.name if ticket.outlet else "",
        **extra,
    }
    return {name: value if isinstance(value, datetime) else str(value or "—") for name, value in named.items()}
