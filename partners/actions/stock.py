"""Purchase, store, hand out, return and scrap parts (R180)."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import need_reason, require
from partners.actions.ledger import Item, lock_places, place_of, post
from partners.choices.stock import MoveKind, PlaceKind
from partners.models import Outlet, ReorderPoint, SparePart, Stock, StockLine, StockMove, StockPlace
from partners.rules.stock import may_move, may_open, may_set_reorder, may_use
from partners.verbs import stock as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused


def purchase(actor: Actor, items: Iterable[Item], reason: str = "", reference: str = "") -> list[StockMove]:
    """From the supplier into the brand's warehouse. Raises Refused or InvalidInput."""
    things = list(items)
    for item in things:
        verdict = may_use(item.part.listing(), clock.today())
        if not verdict:
            raise InvalidInput(verdict.reason, field="part")
    supplier, warehouse = place_of(PlaceKind.SUPPLIER), place_of(PlaceKind.WAREHOUSE)
    return _moved(actor, MoveKind.PURCHASE, supplier, warehouse, things, reason, reference)


def ship(actor: Actor, outlet: Outlet, items: Iterable[Item], reason: str = "", reference: str = "") -> list[StockMove]:
    """From the warehouse on the way to an outlet, which receives it."""
    there = place_of(PlaceKind.TRANSIT, outlet=outlet)
    return _moved(actor, MoveKind.TRANSFER, place_of(PlaceKind.WAREHOUSE), there, items, reason, reference)


def receive(
    actor: Actor, target: StockPlace, items: Iterable[Item], reference: str = "", key: str | None = None
) -> list[StockMove]:
    """What was on the way arrived at the store, or in the technician's bag at once."""
    if target.home is None:
        raise InvalidInput(_("Parts do not go this way."), field="place")
    way = place_of(PlaceKind.TRANSIT, outlet=target.home)
    return _moved(actor, MoveKind.RECEIVE, way, target, items, "", reference, key)


def transfer(
    actor: Actor,
    source: StockPlace,
    target: StockPlace,
    items: Iterable[Item],
    reason: str = "",
    reference: str = "",
    key: str | None = None,
) -> list[StockMove]:
    """Between the stores and bags of one partner; back from a bag it is a return. Raises Refused or InvalidInput."""
    kind = MoveKind.RETURN if source.kind == PlaceKind.BAG or target.kind == PlaceKind.WAREHOUSE else MoveKind.TRANSFER
    here, there = source.home, target.home
    if here and there and here.partner_id != there.partner_id:
        raise Refused(_("Parts move between the stores of one partner only."))
    if source.pk == target.pk:
        raise InvalidInput(_("Choose another place."), field="target")
    return _moved(actor, kind, source, target, items, reason, reference, key)


def scrap(
    actor: Actor, source: StockPlace, items: Iterable[Item], reason: str, key: str | None = None
) -> list[StockMove]:
    """Worn or broken parts leave the books, with a reason."""
    need_reason(reason, _("Say why it is scrapped."))
    return _moved(actor, MoveKind.SCRAP, source, place_of(PlaceKind.SCRAPPED), items, reason, key=key)


def open_stock(actor: Actor, outlet: Outlet, item: Item, reference: str = "") -> list[StockMove]:
    """What an outlet's store held when the ledger began, as a movement of the ledger (R181).

    Only for a part that never moved there: afterwards a count says what is there. Raises Refused or InvalidInput.
    """
    require(may_open(actor.role))
    with transaction.atomic():
        store = place_of(PlaceKind.STORE, outlet=outlet)
        _in_sight(actor, store)
        lock_places(store)
        if StockLine.objects.filter(place=store, part=item.part).exists():
            words = {"part": item.part.number, "outlet": outlet.name}
            raise InvalidInput(_("%(part)s has moved at %(outlet)s already: count it instead.") % words, "quantity")
        source = place_of(PlaceKind.DIFFERENCE)
        return post(actor, MoveKind.COUNT, source, store, [item], reason=_("Opening stock"), reference=reference)


def set_reorder(
    actor: Actor, place: StockPlace, part: SparePart, reorder_at: int, order_up_to: int
) -> ReorderPoint | None:
    """From how many pieces on to order, and up to how many; an `order_up_to` of 0 takes the point away (R181)."""
    require(may_set_reorder(actor.role, place.kind))
    _in_sight(actor, place)
    if order_up_to and order_up_to <= reorder_at:
        raise InvalidInput(_("Order up to more than what triggers the order."), field="order_up_to")
    with transaction.atomic():
        lock_places(place)
        row = ReorderPoint.objects.filter(place=place, part=part).first() or ReorderPoint(place=place, part=part)
        row._history_user = User(pk=actor.user_id) if actor.user_id else None
        row.reorder_at, row.order_up_to = reorder_at, order_up_to
        facts = {"part": part.number, "reorder_at": reorder_at, "order_up_to": order_up_to}
        record(place, verbs.REORDER_SET.code, actor, facts=facts)
        if order_up_to:
            Stock.objects.get_or_create(place=place, part=part)
            row.save()
            return row
        if row.pk:
            row.delete()
    return None


def _moved(
    actor: Actor,
    kind: MoveKind,
    source: StockPlace,
    target: StockPlace,
    items: Iterable[Item],
    reason: str = "",
    reference: str = "",
    key: str | None = None,
) -> list[StockMove]:
    may(actor, kind, source, target)
    return post(actor, kind, source, target, items, reason=reason, reference=reference, key=key)


def may(actor: Actor, kind: MoveKind, source: StockPlace, target: StockPlace) -> None:
    """Raises Refused unless role and places allow it; a technician moves between his bag and his outlet's store."""
    verdict = may_move(actor.role, kind, source.kind, target.kind)
    if not verdict:
        raise Refused(verdict.reason)
    for place in (source, target):
        if place.outlet_id or place.staff_id:
            _in_sight(actor, place)
    bag = next((place for place in (source, target) if place.kind == PlaceKind.BAG), None)
    if actor.role == Role.TECHNICIAN and bag is not None and bag.staff.user_id != actor.user_id:
        raise Refused(_("A technician fills and empties his own bag only."))


def _in_sight(actor: Actor, place: StockPlace) -> None:
    if not StockPlace.objects.visible_to(actor).filter(pk=place.pk).exists():
        raise Refused(_("These parts lie at a place that is not yours."))
