"""What lies where, what is running out, and whether ledger and stock agree (R180, R181)."""

from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from partners.choices.stock import HELD, PlaceKind
from partners.models import Outlet, ReorderPoint, SparePart, Staff, Stock, StockLine, StockMove, StockPlace
from partners.rules.stock import suggestion
from portal.accounts.actor import Actor


@dataclass(frozen=True, slots=True)
class Low:
    """One part below its reorder point, and how many to order."""

    point: ReorderPoint
    quantity: int
    coming: int

    @property
    def suggested(self) -> int:
        return suggestion(self.quantity, self.coming, self.point.reorder_at, self.point.order_up_to)


def stock_in(places: QuerySet[StockPlace], text: str = "", *, empty: bool = False) -> QuerySet[Stock]:
    """The stock of these places, narrowed by number, name, model or product line."""
    rows = (
        Stock.objects.filter(place__in=places, part__in=SparePart.objects.matching(text))
        if text
        else (Stock.objects.filter(place__in=places))
    )
    rows = rows if empty else rows.filter(quantity__gt=0)
    return rows.select_related("part", "place", "place__outlet", "place__staff__outlet")


def shown_places(actor: Actor) -> list[StockPlace]:
    """The places in sight that hold something, the own bag first, then stores; `kinds` says how many kinds of parts."""
    filled = Count("stock", filter=Q(stock__quantity__gt=0))
    rows = StockPlace.objects.visible_to(actor).held().annotate(kinds=filled)
    rows = rows.filter(Q(kinds__gt=0) | Q(kind=PlaceKind.STORE)).select_related("outlet", "staff")
    order = list(PlaceKind)
    mine = [place for place in rows if place.staff is not None and place.staff.user_id == actor.user_id]
    others = sorted(
        (place for place in rows if place not in mine),
        key=lambda place: (order.index(PlaceKind(place.kind)), place.outlet.code if place.outlet else "", place.pk),
    )
    return mine + others


def with_reorder(rows: QuerySet[Stock]) -> QuerySet[Stock]:
    """Each row with its reorder point, None where it has none."""
    points = ReorderPoint.objects.filter(place=OuterRef("place"), part=OuterRef("part"))
    return rows.annotate(
        reorder_at=Subquery(points.values("reorder_at")[:1]), order_up_to=Subquery(points.values("order_up_to")[:1])
    )


def low(places: QuerySet[StockPlace]) -> list[Low]:
    """What is at or below its reorder point, what is on the way to the outlet taken into account."""
    points = ReorderPoint.objects.filter(place__in=places).select_related("part", "place__outlet", "place__staff")
    lying = Stock.objects.filter(part=OuterRef("part"))
    here = lying.filter(place=OuterRef("place")).values("quantity")[:1]
    way = lying.filter(place__kind=PlaceKind.TRANSIT, place__outlet=OuterRef("place__outlet")).values("quantity")[:1]
    rows = points.annotate(quantity=Coalesce(Subquery(here), 0), coming=Coalesce(Subquery(way), 0))
    rows = rows.filter(quantity__lte=F("reorder_at")).order_by("place__outlet__code", "part__number")
    return [Low(row, row.quantity, row.coming) for row in rows]


def drawable(outlet: Outlet | None, staff: Staff | None) -> list[Stock]:
    """What a technician can fit: the parts in his bag, then those in his outlet's store."""
    if outlet is None:
        return []
    here = Q(place__kind=PlaceKind.STORE, place__outlet=outlet)
    bag = Q(place__kind=PlaceKind.BAG, place__staff=staff) if staff else Q(pk__in=[])
    rows = Stock.objects.filter(here | bag, quantity__gt=0).select_related("part", "place")
    return sorted(rows, key=lambda row: (row.part.number, row.place.kind != PlaceKind.BAG))


def moves_of(actor: Actor, text: str = "", part: SparePart | None = None) -> QuerySet[StockMove]:
    """The movements in sight, newest first, narrowed by part, ticket, request or count."""
    rows = StockMove.objects.visible_to(actor)
    if part is not None:
        rows = rows.filter(part=part)
    for word in text.split():
        rows = rows.filter(
            Q(part__number__icontains=word) | Q(part__name__icontains=word) | Q(reference__icontains=word)
        )
    return rows.select_related("part").prefetch_related("lines__place__outlet", "lines__place__staff")


def disagreements() -> list[tuple[int, int, int, int]]:
    """(place, part, stock, sum of the ledger) wherever the two differ, and movements that do not sum to nothing."""
    sums = {
        (row["place"], row["part"]): row["total"]
        for row in StockLine.objects.filter(place__kind__in=HELD)
        .values("place", "part")
        .annotate(total=Sum("quantity"))
        .order_by()
    }
    there = {(row.place_id, row.part_id): row.quantity for row in Stock.objects.all()}
    wrong = [
        (*key, there.get(key, 0), sums.get(key, 0))
        for key in sorted(sums.keys() | there.keys())
        if there.get(key, 0) != sums.get(key, 0)
    ]
    uneven = StockLine.objects.values("move").annotate(total=Sum("quantity")).exclude(total=0).order_by()
    return wrong + [(0, 0, row["move"], row["total"]) for row in uneven]
