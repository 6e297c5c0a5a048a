"""Whom a change of a ticket is told, and in which words (R060, R121, R211)."""

from typing import Any

from django.db.models import Q

from portal.accounts.actor import Actor
from portal.accounts.models import Membership, User
from portal.accounts.roles import Role
from portal.journal.log import subject_of
from portal.notify.queue import LinkTo, Recipient, announce, first_way, queue
from tickets.choices import Category
from tickets.choices import notice as _kinds  # noqa: F401  the kinds register themselves
from tickets.models import Ticket

#: Where a customer's link leads, by purpose, and for how many days.
LINKS = {"track": ("/t/{token}/", 90), "rate": ("/rate/{token}/", 30)}
#: How NOTIFY_URLS calls the robots that tell the desk, and a partner by its code.
DESK_GROUP, PARTNER_GROUP = "desk", "partner."
#: In an emergency these do not wait for the morning: half an hour is the limit (K14, R060).
AT_ONCE = frozenset({"ticket.new", "ticket.dispatched", "ticket.assigned", "ticket.escalated_desk", "ticket.declined"})


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
