"""Parts of 附件3 come out of stock: from the technician's bag first, then from the store (R134, R180, R189)."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from partners.actions.ledger import Item, place_of, post
from partners.choices.stock import MoveKind, PlaceKind
from partners.models import SparePart, Stock, StockPlace
from partners.rules.stock import may_use
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.workflow.corridor import Step
from tickets.choices.part_request import OldPart
from tickets.models import Ticket


def tracked(ticket: Ticket) -> bool:
    """Whether its parts come out of stock; what was fitted in another system was drawn there."""
    return not ticket.imported_from


def listed(ticket: Ticket, parts: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The lines with what the parts list says of them: name, certificate, price. Raises InvalidInput in words."""
    return [_listed(dict(line)) for line in parts] if tracked(ticket) else [dict(line) for line in parts]


def _listed(line: dict[str, Any]) -> dict[str, Any]:
    number = str(line["part_number"]).strip()
    part = SparePart.objects.select_related("superseded_by").filter(number__iexact=number).first()
    if part is None:
        raise InvalidInput(_("Part %s is not in the parts list: only certified parts may be used.") % number, "parts")
    verdict = may_use(part.listing(), clock.today())
    if not verdict:
        raise InvalidInput(verdict.reason, "parts")
    return line | {
        "part": part,
        "part_number": part.number,
        "name": part.name,
        "certified": part.certified,
        "unit_price": _price(line, part),
        "old_part": line.get("old_part") or OldPart.LEFT,
    }


def _price(line: Mapping[str, Any], part: SparePart) -> Decimal:
    """Free within warranty, at cost outside it; less is goodwill, more is refused (R189)."""
    asked = line.get("unit_price")
    if line.get("in_warranty", True):
        return Decimal(0)
    if asked is None:
        return part.cost_price
    if asked > part.cost_price:
        words = {"part": part.number, "price": part.cost_price}
        raise InvalidInput(_("Part %(part)s is charged at cost: ¥%(price)s at most.") % words, "parts")
    return Decimal(asked)


def draw(step: Step, parts: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take each line out of stock and its old part back; the lines say where they were drawn from."""
    ticket: Ticket = step.row
    if not tracked(ticket):
        return list(parts)
    return [_drawn(step, line) for line in parts]


def _drawn(step: Step, line: dict[str, Any]) -> dict[str, Any]:
    ticket: Ticket = step.row
    part: SparePart = line["part"]
    serials = (line["new_serial"],) if part.serialised and line.get("new_serial") else ()
    item = Item(part, line["quantity"], serials)
    source = _source(ticket, item)
    post(step.actor, MoveKind.ISSUE, source, place_of(PlaceKind.CUSTOMER), [item], reference=ticket.number)
    if line["old_part"] == OldPart.RETURNED:
        _take_back(step, line, part)
    return line | {"drawn_from": source}


def _source(ticket: Ticket, item: Item) -> StockPlace:
    """The bag if it holds enough, else the store; in words what both hold where neither does."""
    places = [place_of(PlaceKind.STORE, outlet=ticket.outlet)]
    if ticket.owner is not None:
        places.insert(0, place_of(PlaceKind.BAG, staff=ticket.owner))
    there = dict(Stock.objects.filter(place__in=places, part=item.part).values_list("place", "quantity"))
    held = item.part.pieces.filter(serial__in=item.serials, place__in=places).values_list("place", flat=True)
    for place in places:
        if there.get(place.pk, 0) >= item.quantity and (not item.serials or place.pk in held):
            return place
    if item.serials and sum(there.values()) >= item.quantity:
        words = {"part": item.part.number, "serial": item.serials[0]}
        raise InvalidInput(
            _("Serial number %(serial)s of %(part)s lies neither in the bag nor in the outlet store.") % words, "parts"
        )
    words = {
        "part": str(item.part),
        "wanted": item.quantity,
        "bag": there.get(places[0].pk, 0) if len(places) > 1 else 0,
        "store": there.get(places[-1].pk, 0),
    }
    raise InvalidInput(
        _(
            "%(wanted)d of %(part)s are needed, but the bag holds %(bag)d and the outlet store %(store)d: "
            "request the part, or receive it first."
        )
        % words,
        "parts",
    )


def _take_back(step: Step, line: Mapping[str, Any], part: SparePart) -> None:
    ticket: Ticket = step.row
    old = str(line.get("old_serial") or "")
    if part.serialised and not old:
        raise InvalidInput(_("Name the serial number of the old part %s that you take back.") % part.number, "parts")
    item = Item(part, line["quantity"], (old,) if part.serialised else ())
    shelf = place_of(PlaceKind.OLD_PARTS, outlet=ticket.outlet)
    post(
        step.actor,
        MoveKind.REPLACE,
        place_of(PlaceKind.CUSTOMER),
        shelf,
        [item],
        reason="" if part.serialised else old,
        reference=ticket.number,
    )
