"""Stock on a telephone: my bag, the stores, one part, its ways, the movements (R180, R181)."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.stock import MoveKind, PlaceKind
from partners.forms.stock import GiveBackForm, ReceiveForm, ReorderForm, ScrapForm, SendForm, TakeForm
from partners.models import SparePart, Stock, StockPlace
from partners.queries.stock import moves_of, shown_places, stock_in, with_reorder
from partners.rules.stock import KEEPERS
from portal.accounts.actor import Actor
from portal.accounts.roles import PARTNER, Role
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page
from portal.webkit.views import problem as refusal

A_PAGE = 30
P = PlaceKind


@dataclass(frozen=True, slots=True)
class Way:
    """One thing that can be done with the parts of a place."""

    label: Any
    icon: str
    form: Any
    places: frozenset[str]
    who: frozenset[Role]
    grave: bool = False

    def is_for(self, actor: Actor, row: Stock) -> bool:
        """Whether it is this person's way with what lies at this place."""
        if row.place.kind not in self.places or actor.role not in self.who:
            return False
        return row.place.staff is None or row.place.staff.user_id == actor.user_id or actor.role in KEEPERS

    def has_stock(self, row: Stock) -> bool:
        """Whether something is there to move."""
        return row.quantity > 0 or self.form is ReorderForm

    def open_to(self, actor: Actor, row: Stock) -> bool:
        """Whether this person finds it on the page of this row; the action asks again."""
        return self.is_for(actor, row) and self.has_stock(row)


WAYS: dict[str, Way] = {
    "receive": Way(gettext_lazy("Receive"), "package-import", ReceiveForm, frozenset({P.TRANSIT}), PARTNER),
    "take": Way(gettext_lazy("Into a bag"), "backpack", TakeForm, frozenset({P.STORE}), PARTNER),
    "back": Way(gettext_lazy("Back to the store"), "arrow-back-up", GiveBackForm, frozenset({P.BAG}), PARTNER),
    "send": Way(gettext_lazy("Send elsewhere"), "truck", SendForm, frozenset({P.STORE}), KEEPERS),
    "reorder": Way(gettext_lazy("Reorder point"), "adjustments", ReorderForm, frozenset({P.STORE, P.BAG}), KEEPERS),
    "scrap": Way(
        gettext_lazy("Scrap"), "trash", ScrapForm, frozenset({P.STORE, P.BAG, P.OLD_PARTS}), KEEPERS, grave=True
    ),
}


@require_safe
@partner_page
def stock(request: HttpRequest) -> HttpResponse:
    """What lies where, one place a tab; the own bag first."""
    places = shown_places(request.actor)
    chosen = request.GET.get("place", "")
    place = next((place for place in places if str(place.pk) == chosen), places[0] if places else None)
    words = searched(request)
    everywhere = [place.pk for place in places] if words else [place.pk] if place else []
    rows = with_reorder(stock_in(StockPlace.objects.filter(pk__in=everywhere), words))
    context = {
        "places": places,
        "place": place,
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "keeper": request.actor.role in KEEPERS,
    }
    return render(request, "partners/field/stock.html", context)


@require_safe
@partner_page
def part(request: HttpRequest, place: int, part: int) -> HttpResponse:
    """One part at one place: how many, which pieces, what can be done, what happened."""
    row = _row(request, place, part)
    context = {
        "row": row,
        "pieces": row.part.pieces.filter(place=row.place),
        "ways": [(name, way) for name, way in WAYS.items() if way.open_to(request.actor, row)],
        "moves": moves_of(request.actor, part=row.part)[:10],
        "MoveKind": MoveKind,
    }
    return render(request, "partners/field/stock_part.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def move(request: HttpRequest, place: int, part: int, way: str) -> HttpResponse:
    """The form of one way; only a POST moves anything."""
    row, found = _row(request, place, part), WAYS.get(way)
    if found is None or not found.is_for(request.actor, row):
        raise Http404
    if not found.has_stock(row):
        words = _("“%(way)s” is not possible any more: nothing of %(part)s is left here; it was booked already.")
        return refusal(request, 409, words % {"way": found.label, "part": row.part.number})
    form = found.form(request.POST if request.method == "POST" else None, actor=request.actor, row=row)
    status, problem = 200, ""
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                form.save()
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            except PortalError as error:
                status, problem = error.status, str(error.message)
            else:
                words = {"part": row.part.number, "way": found.label}
                messages.success(request, _("%(way)s: %(part)s is booked.") % words)
                return redirect("house:stock_part", place=place, part=part)
    context = {"row": row, "way": found, "form": form, "problem": problem}
    return render(request, "partners/field/stock_move.html", context, status=status)


@require_safe
@partner_page
def moves(request: HttpRequest) -> HttpResponse:
    """What moved, newest first; found by part, ticket, request or count."""
    words = searched(request)
    page = Paginator(moves_of(request.actor, words), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "MoveKind": MoveKind}
    return render(request, "partners/field/stock_moves.html", context)


def searched(request: HttpRequest) -> str:
    """The search words of the address; what a database cannot be asked for is left out."""
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]


def _row(request: HttpRequest, place: int, part: int) -> Stock:
    """The stock of a part at a place in sight; 404 alike for what is absent and what is another's (A01)."""
    where = get_object_or_404(StockPlace.objects.visible_to(request.actor).held(), pk=place)
    what = get_object_or_404(SparePart.objects.visible_to(request.actor), pk=part)
    rows = with_reorder(stock_in(StockPlace.objects.filter(pk=where.pk), empty=True))
    row = rows.filter(part=what).first()
    if row is None:
        raise Http404
    return row
