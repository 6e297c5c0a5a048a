"""Ask for parts, promise, send, receive and withdraw them (R086, R090, R180)."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions import stock
from partners.actions.ledger import Item, place_of
from partners.choices.stock import MoveKind, PlaceKind
from partners.models import Outlet, SparePart, StockMove, StockPlace
from partners.rules.stock import may_use
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.verdict import Denied
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row
from tickets.choices.part_request import RequestState
from tickets.models import PartRequest, Ticket
from tickets.notices import part as notices
from tickets.rules.part_request import in_time

S = RequestState
MOST = 999


def request(
    actor: Actor,
    part: SparePart,
    quantity: int,
    *,
    ticket: Ticket | None = None,
    outlet: Outlet,
    note: str = "",
    key: str | None = None,
) -> PartRequest:
    """Ask for parts: the technician for his ticket, the outlet for its store. Raises Refused or InvalidInput.

    A `key` that was sent before answers with the request that it made (C02).
    """
    if not 1 <= quantity <= MOST:
        raise InvalidInput(_("Ask for 1 to %d pieces.") % MOST, field="quantity")
    verdict = may_use(part.listing(), clock.today())
    if not verdict:
        raise InvalidInput(verdict.reason, field="part")
    _may_ask(actor, ticket, outlet)
    with transaction.atomic():
        if ticket is not None and not lock_row(ticket).is_open:
            raise Conflict(_("The ticket is closed: it needs no parts any more."))
        number = next_number("part_request", "BJ", clock.now())
        sent = PartRequest.objects.filter(request_key=key, requested_by_id=actor.user_id).first() if key else None
        if sent is not None:
            return sent
        row = PartRequest(
            number=number,
            request_key=key,
            ticket=ticket,
            outlet=outlet,
            part=part,
            quantity=quantity,
            note=note.strip()[:500],
            requested_by_id=actor.user_id,
            author=actor.label[:120],
            requested_at=clock.now(),
        )
        row._history_user = _user(actor)
        row.save(force_insert=True)
        _tell_log(actor, row, "part_requested", note=row.note)
        notices.tell_storekeepers(row, "part.requested")
    return row


def promise(actor: Actor, row: PartRequest, until: date, note: str = "") -> PartRequest:
    """The warehouse names the day; a later word changes what is expected, never what was promised first."""
    if until < clock.today():
        raise InvalidInput(_("A promise lies in the future."), field="until")
    with transaction.atomic():
        fresh = _locked(actor, row, "promise")
        if fresh.promised_at is None:
            fresh.promised_at, fresh.promised_until = clock.now(), until
        fresh.expected_on, fresh.late_told_at = until, None
        fresh.become(S.PROMISED)
        _done(actor, fresh, "part_promised", until=until, note=note)
        notices.tell_requester(fresh, "part.promised", actor, until=until.isoformat())
    return fresh


def ship(actor: Actor, row: PartRequest, serials: Sequence[str] = ()) -> PartRequest:
    """From the warehouse on the way to the outlet. Raises InvalidInput where the warehouse has not enough."""
    with transaction.atomic():
        fresh = _locked(actor, row, "ship")
        item = Item(fresh.part, fresh.quantity, tuple(serials))
        stock.ship(actor, fresh.outlet, [item], reference=fresh.number)
        fresh.shipped_at = clock.now()
        fresh.become(S.SHIPPED)
        _done(actor, fresh, "part_shipped")
        notices.tell_requester(fresh, "part.shipped", actor)
    return fresh


def receive(actor: Actor, row: PartRequest, target: StockPlace | None = None) -> PartRequest:
    """It arrived: into the store, or into the technician's bag. This is the moment that the promise is about."""
    with transaction.atomic():
        fresh = _locked(actor, row, "receive")
        target = target or place_of(PlaceKind.STORE, outlet=fresh.outlet)
        if target.home is None or target.home.pk != fresh.outlet_id:
            raise InvalidInput(_("These parts were sent to %s.") % fresh.outlet, field="target")
        item = Item(fresh.part, fresh.quantity, _sent_serials(fresh))
        stock.receive(actor, target, [item], reference=fresh.number)
        _supplied(actor, fresh)
    return fresh


def hand_out(actor: Actor, row: PartRequest, target: StockPlace, serials: Iterable[str] = ()) -> PartRequest:
    """The outlet has it after all: out of its store into the technician's bag."""
    with transaction.atomic():
        fresh = _locked(actor, row, "hand_out")
        if target.kind != PlaceKind.BAG:
            raise InvalidInput(_("Hand the parts to a technician."), field="target")
        source = place_of(PlaceKind.STORE, outlet=fresh.outlet)
        item = Item(fresh.part, fresh.quantity, tuple(serials))
        stock.transfer(actor, source, target, [item], reference=fresh.number)
        _supplied(actor, fresh)
    return fresh


def cancel(actor: Actor, row: PartRequest, reason: str) -> PartRequest:
    """Nobody needs it any more; a broken promise stays one in the figure. Raises InvalidInput without a reason."""
    if not reason.strip():
        raise InvalidInput(_("Say why it is withdrawn."), field="reason")
    with transaction.atomic():
        fresh = _locked(actor, row, "cancel")
        fresh.cancelled_at, fresh.cancel_reason = clock.now(), reason.strip()[:500]
        fresh.become(S.CANCELLED)
        _done(actor, fresh, "part_request_cancelled", reason=fresh.cancel_reason)
        notices.tell_requester(fresh, "part.cancelled", actor, reason=fresh.cancel_reason)
    return fresh


def tell_late() -> int:
    """Once for each request whose announced day has passed: requester and warehouse hear of it (R060)."""
    told = 0
    for row in PartRequest.objects.open().filter(expected_on__lt=clock.today(), late_told_at=None).order_by("pk"):
        with transaction.atomic():
            fresh = lock_row(row)
            if not fresh.is_open or fresh.late_told_at or fresh.expected_on >= clock.today():
                continue
            fresh.late_told_at = clock.now()
            fresh.save(update_fields=["late_told_at"])
            notices.tell_requester(fresh, "part.late", Actor.system(), until=fresh.expected_on.isoformat())
            notices.tell_storekeepers(fresh, "part.late", until=fresh.expected_on.isoformat())
            told += 1
    return told


def _may_ask(actor: Actor, ticket: Ticket | None, outlet: Outlet) -> None:
    if not actor.is_partner and not actor.is_system:
        raise Refused(_("Partners ask for parts."))
    if not Outlet.objects.visible_to(actor).filter(pk=outlet.pk).exists():
        raise Refused(_("This outlet is not yours."))
    if ticket is None:
        if actor.role == Role.TECHNICIAN:
            raise Refused(_("A technician asks for parts for one of his tickets; the outlet keeps its store."))
        return
    if not Ticket.objects.visible_to(actor).filter(pk=ticket.pk, outlet=outlet).exists():
        raise Refused(_("This ticket belongs to another outlet."))
    if actor.role == Role.TECHNICIAN and (ticket.owner is None or ticket.owner.user_id != actor.user_id):
        raise Refused(_("Only the responsible person of this ticket makes this step."))


def _locked(actor: Actor, row: PartRequest, step: str) -> Any:
    """A fresh copy under lock, its ticket before it, if the actor sees it and may make the step now."""
    if not PartRequest.objects.visible_to(actor).filter(pk=row.pk).exists():
        raise Refused(_("This request is not yours."))
    if row.ticket_id:
        lock_row(Ticket(pk=row.ticket_id))
    fresh = lock_row(row)
    verdict = fresh.verdict(actor, step)
    if not verdict:
        wrong = isinstance(verdict, Denied) and verdict.wrong_state
        raise Conflict(_("The request is “%s” now.") % fresh.get_state_display()) if wrong else Refused(verdict.reason)
    fresh._history_user, fresh._change_reason = _user(actor), step
    return fresh


def _done(actor: Actor, row: PartRequest, verb: str, **facts: Any) -> None:
    row.save()
    _tell_log(actor, row, verb, **facts)


def _supplied(actor: Actor, row: PartRequest) -> None:
    row.supplied_at = clock.now()
    row.become(S.SUPPLIED)
    _done(actor, row, "part_supplied", in_time=in_time(row.promised_until, row.supplied_at))
    notices.tell_requester(row, "part.supplied", actor)


def _tell_log(actor: Actor, row: PartRequest, verb: str, **facts: Any) -> None:
    """Into the ticket's service log where there is a ticket, else into the request's own."""
    told = {"number": row.number, "part": str(row.part), "quantity": row.quantity, "outlet": str(row.outlet), **facts}
    record(row.ticket or row, verb, actor, facts=told)


def _sent_serials(row: PartRequest) -> tuple[str, ...]:
    sent = StockMove.objects.filter(reference=row.number, kind=MoveKind.TRANSFER).first()
    return tuple(sent.serials) if sent else ()


def _user(actor: Actor) -> User | None:
    return User(pk=actor.user_id) if actor.user_id else None
