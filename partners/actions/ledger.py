"""The one writer of the ledger of parts: two lines a movement, stock locked in a fixed order, never below nothing.

Places are locked by their number, then their stock; everybody who moves parts takes the same order, so nobody waits
in a circle. The database refuses a negative stock whatever a program did (C12).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from partners.choices.stock import MoveKind, PlaceKind
from partners.models import Outlet, SparePart, Staff, Stock, StockLine, StockMove, StockPlace, StockSerial
from partners.rules.stock import is_held, serials_fit
from partners.verbs import stock as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import entries_for, record
from portal.kernel import clock
from portal.kernel.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Item:
    """So many of a part; one serial number a piece where the part is tracked by them."""

    part: SparePart
    quantity: int
    serials: Sequence[str] = field(default=())
    reason: str = ""


def place_of(kind: PlaceKind, *, outlet: Outlet | None = None, staff: Staff | None = None) -> StockPlace:
    """The place of an outlet, of a technician or of the brand; made when it is asked for first."""
    return StockPlace.objects.get_or_create(kind=kind, outlet=outlet, staff=staff)[0]


def post(
    actor: Actor,
    kind: MoveKind,
    source: StockPlace,
    target: StockPlace,
    items: Iterable[Item],
    *,
    reason: str = "",
    reference: str = "",
    key: str | None = None,
) -> list[StockMove]:
    """Move parts from one place to another: one movement an item, one journal entry.

    The caller asked whether the actor may. A `key` that was sent before moves nothing again (C02).
    Raises InvalidInput where stock or serial numbers do not suffice; then nothing has moved.
    """
    things = list(items)
    if not things:
        raise InvalidInput(_("Say which parts move."), field="part")
    with transaction.atomic():
        lock_places(source, target)
        subject = source if is_held(source.kind) else target
        if key and entries_for(subject).filter(key=key).exists():
            return []
        _check(things)
        _change_stock(source, target, things)
        _move_serials(actor, source, target, things)
        moves = _write(actor, kind, source, target, things, reason, reference)
        facts = {
            "kind": kind,
            "parts": ", ".join(f"{item.part.number} × {item.quantity}" for item in things),
            "source": str(source),
            "target": str(target),
            "reason": reason or "; ".join(sorted({item.reason for item in things if item.reason})),
            "reference": reference,
        }
        record(subject, verbs.STOCK_MOVED.code, actor, facts=facts, key=key)
    return moves


def lock_places(*places: StockPlace) -> list[StockPlace]:
    """The places that can run out, locked in the order of their numbers."""
    held = [place.pk for place in places if is_held(place.kind)]
    return list(StockPlace.objects.select_for_update(of=("self",)).filter(pk__in=held).order_by("pk"))


def _check(items: list[Item]) -> None:
    for item in items:
        if item.quantity < 1:
            raise InvalidInput(_("At least one piece must move."), field="quantity")
        verdict = serials_fit(item.part.number, item.part.serialised, item.quantity, item.serials)
        if not verdict:
            raise InvalidInput(verdict.reason, field="serials")
    if len({item.part.pk for item in items}) != len(items):
        raise InvalidInput(_("Name each part once."), field="part")


def _change_stock(source: StockPlace, target: StockPlace, items: list[Item]) -> None:
    """Lock the rows in the order of place and part, then take away and add."""
    held = [(place, sign) for place, sign in ((source, -1), (target, 1)) if is_held(place.kind)]
    parts = [item.part for item in items]
    wanted = [Stock(place=place, part=part) for place, sign in held if sign > 0 for part in parts]
    Stock.objects.bulk_create(wanted, ignore_conflicts=True)
    rows = Stock.objects.select_for_update(of=("self",)).filter(place__in=[p for p, _ in held], part__in=parts)
    there = {(row.place_id, row.part_id): row for row in rows.order_by("place_id", "part_id")}
    changed = []
    for place, sign in held:
        for item in items:
            row = there.get((place.pk, item.part.pk))
            left = (row.quantity if row else 0) + sign * item.quantity
            if row is None or left < 0:
                raise InvalidInput(_too_few(place, item, row.quantity if row else 0), field="quantity")
            row.quantity = left
            changed.append(row)
    Stock.objects.bulk_update(changed, ["quantity"])


def _too_few(place: StockPlace, item: Item, there: int) -> str:
    words = {"part": str(item.part), "place": str(place), "there": there, "wanted": item.quantity}
    return _("%(place)s holds %(there)d of %(part)s, but %(wanted)d are wanted.") % words


def _move_serials(actor: Actor, source: StockPlace, target: StockPlace, items: list[Item]) -> None:
    named = {(item.part.pk, serial): item for item in items for serial in item.serials}
    if not named:
        return
    pieces = StockSerial.objects.filter(part__in=[item.part for item in items], serial__in=[s for _pk, s in named])
    there = {(piece.part_id, piece.serial): piece for piece in pieces.select_related("place")}
    for key, item in named.items():
        piece = there.get(key)
        lost = is_held(source.kind) and (piece is None or piece.place_id != source.pk)
        if lost or (piece is not None and not is_held(source.kind) and is_held(piece.place.kind)):
            raise InvalidInput(_elsewhere(source, item.part, key[1], piece), field="serials")
    user = User(pk=actor.user_id) if actor.user_id else None
    new = [StockSerial(part_id=pk, serial=s, place=target) for pk, s in named if (pk, s) not in there]
    bulk_create_with_history(new, StockSerial, default_user=user)
    known = [there[key] for key in named if key in there]
    for piece in known:
        piece.place = target
    bulk_update_with_history(known, StockSerial, ["place"], default_user=user)


def _elsewhere(source: StockPlace, part: SparePart, serial: str, piece: StockSerial | None) -> str:
    words = {"part": part.number, "serial": serial, "place": str(source)}
    if piece is not None and is_held(piece.place.kind):
        return _("Serial number %(serial)s of %(part)s lies elsewhere in stock.") % words
    return _("Serial number %(serial)s of %(part)s does not lie here: %(place)s.") % words


def _write(
    actor: Actor,
    kind: MoveKind,
    source: StockPlace,
    target: StockPlace,
    items: list[Item],
    reason: str,
    reference: str,
) -> list[StockMove]:
    moves = StockMove.objects.bulk_create(
        StockMove(
            kind=kind,
            part=item.part,
            moved_at=clock.now(),
            user_id=actor.user_id,
            author=actor.label[:120],
            serials=list(item.serials),
            reason=(item.reason or reason)[:500],
            reference=reference[:60],
        )
        for item in items
    )
    lines = []
    for move, item in zip(moves, items, strict=True):
        lines.append(StockLine(move=move, place=source, part=item.part, quantity=-item.quantity))
        lines.append(StockLine(move=move, place=target, part=item.part, quantity=item.quantity))
    StockLine.objects.bulk_create(lines)
    return moves
