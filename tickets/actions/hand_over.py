"""Hand all open tickets of a partner over to its successor (R137, R033): ordered once, done by the worker."""

import logging
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_tasks import task

from partners.models import Outlet, Partner
from partners.queries.outlet import outlets_serving
from partners.rules.standing import may_get, may_work
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.journal.models import JournalEntry
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, PortalError, Refused
from portal.workflow.corridor import lock_row
from tickets.actions.dispatch import hand_over as hand_over_ticket
from tickets.choices.hand_over import HandOverState
from tickets.models import HandOver, Ticket
from tickets.queries.load import loads
from tickets.rules.transition import WITH_PARTNER
from tickets.rules.verbs import hand_over as verbs

logger = logging.getLogger(__name__)
#: A hand-over without a sign of life for so long belongs to a worker that is gone.
STUCK_AFTER = timedelta(minutes=5)
#: After so many tickets the row says how far it is.
_TELL_EVERY = 10


def order(actor: Actor, partner: Partner, successor: Partner, reason: str) -> HandOver:
    """Order the hand-over; the worker does it ticket by ticket. Raises Refused, Conflict or InvalidInput."""
    if actor.role not in (Role.BRAND_MANAGER, Role.SYSTEM):
        raise Refused(_("Only brand managers manage partners."))
    if not reason.strip():
        raise InvalidInput(_("Say why the tickets are handed over."), field="reason")
    if successor.pk == partner.pk:
        raise InvalidInput(_("A partner cannot succeed itself."), field="successor")
    successor = Partner.objects.get(pk=successor.pk)  # as it stands now
    verdict = may_get(successor.standing, successor.name)
    if not verdict:
        raise InvalidInput(verdict.reason, field="successor")
    seen = Partner.objects.visible_to(actor).filter(pk__in=[partner.pk, successor.pk]).count()
    if seen != 2:
        raise Refused(_("This row is not in your regions."))
    return _ordered(actor, partner, successor, reason)


def follow_standing(actor: Actor, partner: Partner, reason: str) -> None:
    """A partner that may not go on working leaves its open tickets to its successor at once, if it has one (R137)."""
    if partner.successor is None or may_work(partner.standing) or not open_tickets(partner).exists():
        return
    if HandOver.objects.exclude(state=HandOverState.DONE).filter(partner=partner).exists():
        return
    try:
        with transaction.atomic():
            order(actor, partner, partner.successor, reason)
    except PortalError as error:
        # The standing changes all the same: whoever may order it finds the open tickets and the reason in the log.
        logger.warning("the tickets of %s were not handed over by themselves: %s", partner, error.message)
        record(partner, verbs.NOT_ORDERED.code, actor, facts={"reason": str(error.message)})


@task()
def carry_out(pk: int) -> str:
    """What the worker does. Ended once however often it is called; a ticket is handed over once by its key."""
    row = HandOver.objects.select_related("partner", "successor").get(pk=pk)
    if row.state == HandOverState.DONE:
        return "nothing to do"
    actor = _who_ordered(row)
    if not _keep(row):
        return "nothing to do"
    left: list[dict[str, Any]] = []
    for number, ticket in enumerate(list(open_tickets(row.partner)), 1):
        try:
            _hand_over(actor, row, ticket)
        except PortalError as error:
            left.append({"number": ticket.number, "reason": str(error.message)})
        except Exception:  # one ticket that cannot be moved must not hold up the others, nor be tried for ever
            logger.exception("ticket %s was not handed over", ticket.number)
            left.append({"number": ticket.number, "reason": _("An unexpected error; see the log of the worker.")})
        if number % _TELL_EVERY == 0:
            row.left = left
            if not _keep(row):
                return "nothing to do"
    row.left = left
    _finish(row)
    return "done"


def open_tickets(partner: Partner) -> Any:
    """What the partner still has in hand, the most urgent first."""
    return Ticket.objects.filter(partner=partner, state__in=WITH_PARTNER).order_by("next_due_at", "pk")


def take_up_stuck() -> int:
    """Queue again what waits or runs without a sign of life; answers how many. For the schedule."""
    silent = HandOver.objects.exclude(state=HandOverState.DONE).filter(touched_at__lt=clock.now() - STUCK_AFTER)
    rows = list(silent)
    for row in rows:
        with transaction.atomic():
            HandOver.objects.filter(pk=row.pk).update(touched_at=clock.now())
            carry_out.enqueue(row.pk)
    return len(rows)


def _ordered(actor: Actor, partner: Partner, successor: Partner, reason: str) -> HandOver:
    now = clock.now()
    row = HandOver(
        partner=partner,
        successor=successor,
        reason=reason,
        total=open_tickets(partner).count(),
        ordered_by_id=actor.user_id,
        ordered_at=now,
        touched_at=now,
    )
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    try:
        with transaction.atomic():
            row.save()
            record(row, verbs.ORDERED.code, actor, facts=_facts(row))
            carry_out.enqueue(row.pk)
    except IntegrityError as error:
        raise Conflict(_("A hand-over of this partner is running already.")) from error
    return row


def _hand_over(actor: Actor, row: HandOver, ticket: Ticket) -> None:
    outlet = _outlet_for(row.successor, ticket)
    reason = _("Hand-over to %(successor)s: %(reason)s") % {"successor": row.successor.name, "reason": row.reason}
    hand_over_ticket(actor, ticket, outlet, reason, key=f"{_key(row)}{ticket.pk}")


def _key(row: HandOver) -> str:
    return f"hand-over-{row.pk}-"


def _moved(row: HandOver) -> int:
    """The journal knows how many were handed over, also those before a worker died."""
    return JournalEntry.objects.filter(key__startswith=_key(row)).count()


def _outlet_for(successor: Partner, ticket: Ticket) -> Outlet:
    """The successor's outlet that serves the ticket and has the lightest load. Raises InvalidInput."""
    today = clock.today()
    serving = outlets_serving(ticket.region, ticket.product_line_id, ticket.tier, today)
    own = [outlet for outlet in serving if outlet.partner_id == successor.pk]
    if not own:
        raise InvalidInput(_("No outlet of the successor serves its area, product line and service tier."))
    load = loads(own)
    return min(own, key=lambda outlet: (load.get(outlet.pk, 0) / max(1, outlet.capacity), outlet.pk))


def _who_ordered(row: HandOver) -> Actor:
    """Who ordered it, if he still may; the portal otherwise: what was ordered is carried out."""
    user = row.ordered_by
    actor = Actor.of(user) if user is not None else Actor.system()
    return actor if actor.role == Role.BRAND_MANAGER else Actor.system("hand-over")


def _keep(row: HandOver) -> bool:
    """Note that it runs and how far it is; False where another worker ended it meanwhile."""
    with transaction.atomic():
        if lock_row(row).state == HandOverState.DONE:
            return False
        row.become(HandOverState.RUNNING)
        row.touched_at, row.moved = clock.now(), _moved(row)
        row.save(update_fields=["state", "moved", "left", "touched_at"])
    return True


def _finish(row: HandOver) -> None:
    with transaction.atomic():
        if lock_row(row).state == HandOverState.DONE:
            return
        row.finished_at, row.moved = clock.now(), _moved(row)
        row.become(HandOverState.DONE)
        row.save()
        record(row, verbs.ENDED.code, Actor.system(), facts={"moved": row.moved, "left": len(row.left)})


def _facts(row: HandOver) -> dict[str, Any]:
    return {
        "partner": row.partner.name,
        "successor": row.successor.name,
        "total": row.total,
        "reason": row.reason,
    }
