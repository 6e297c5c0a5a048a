"""Count a place: open the sheet, enter what is there, approve the differences (R181)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from partners.actions.base import need_reason
from partners.actions.ledger import Item, lock_places, place_of, post
from partners.choices.stock import COUNTED, CountState, MoveKind, PlaceKind
from partners.models import SparePart, Stock, StockCount, StockCountLine, StockPlace
from partners.rules.stock import KEEPERS, STOREKEEPERS, may_approve
from partners.verbs import stock as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one part; serial numbers where it has them."""

    quantity: int
    serials: tuple[str, ...] = ()
    reason: str = ""


def open_count(actor: Actor, place: StockPlace) -> StockCount:
    """A sheet of what should be there. Raises Refused, or Conflict while another count of the place is not done."""
    _may_count(actor, place)
    if place.kind not in COUNTED:
        raise InvalidInput(_("Choose a store, a bag or the warehouse."), field="place")
    try:
        with transaction.atomic():
            lock_places(place)
            number = next_number("stock_count", "PD", clock.now())
            sheet = StockCount(number=number, place=place, opened_at=clock.now())
            _sign(actor, sheet)
            sheet.save(force_insert=True)
            for row in Stock.objects.filter(place=place).select_related("part"):
                _line(sheet, row.part, row.quantity)
            record(sheet, verbs.COUNT_OPENED.code, actor, facts={"number": number})
    except IntegrityError as error:
        raise Conflict(_("This place is being counted already.")) from error
    return sheet


def add_part(actor: Actor, sheet: StockCount, part: SparePart) -> StockCountLine:
    """Something lies there that the books do not know of."""
    with transaction.atomic():
        fresh = _locked(actor, sheet, CountState.OPEN, CountState.REFUSED)
        line: StockCountLine = _line(fresh, part, 0)
    return line


def enter(actor: Actor, sheet: StockCount, found: Mapping[int, Found]) -> StockCount:
    """What is there, by line; every line must be counted, and a difference needs its reason.

    What the books say is read anew at this moment: parts that moved since the sheet was opened are no difference.
    """
    with transaction.atomic():
        fresh = _locked(actor, sheet, CountState.OPEN, CountState.REFUSED)
        lock_places(fresh.place)
        there = dict(Stock.objects.filter(place=fresh.place).values_list("part", "quantity"))
        lines = list(fresh.lines.select_related("part"))
        for line in lines:
            if line.pk not in found:
                raise InvalidInput(_("Count %s as well.") % line.part, field=f"found_{line.pk}")
            _enter(actor, fresh, line, found[line.pk], there.get(line.part_id, 0))
        fresh.counted_at, fresh.counted_by_id = clock.now(), actor.user_id
        fresh.become(CountState.COUNTED)
        fresh.save()
        wrong = sum(1 for line in lines if line.difference)
        record(
            fresh,
            verbs.COUNT_ENTERED.code,
            actor,
            facts={"number": fresh.number, "lines": len(lines), "differences": wrong},
        )
    return fresh


def approve(actor: Actor, sheet: StockCount, remark: str = "") -> StockCount:
    """Post the differences. Raises Refused to whoever counted himself, InvalidInput where stock moved away since."""
    with transaction.atomic():
        fresh = _decided(actor, sheet, remark)
        lines = [line for line in fresh.lines.select_related("part") if line.difference or _astray(fresh, line)]
        account = place_of(PlaceKind.DIFFERENCE)
        missing, extra = _differences(fresh, lines)
        for source, target, items in ((fresh.place, account, missing), (account, fresh.place, extra)):
            if items:
                post(actor, MoveKind.COUNT, source, target, items, reason=remark, reference=fresh.number)
        fresh.become(CountState.POSTED)
        fresh.save()
        facts = {"number": fresh.number, "differences": len(lines), "remark": remark}
        record(fresh, verbs.COUNT_POSTED.code, actor, facts=facts)
    return fresh


def refuse(actor: Actor, sheet: StockCount, remark: str) -> StockCount:
    """Have it counted again, with a reason."""
    need_reason(remark, _("Say what should be counted again."))
    with transaction.atomic():
        fresh = _decided(actor, sheet, remark)
        fresh.become(CountState.REFUSED)
        fresh.save()
        record(fresh, verbs.COUNT_REFUSED.code, actor, facts={"number": fresh.number, "remark": remark})
    return fresh


def _enter(actor: Actor, sheet: StockCount, line: StockCountLine, found: Found, booked: int) -> None:
    serials = tuple(dict.fromkeys(serial.strip() for serial in found.serials if serial.strip()))
    quantity = len(serials) if line.part.serialised else found.quantity
    line.expected, line.found, line.serials, line.reason = booked, quantity, list(serials), found.reason.strip()[:300]
    if (line.difference or _astray(sheet, line)) and not line.reason:
        raise InvalidInput(_("Say why %s differs.") % line.part, field=f"reason_{line.pk}")
    line._history_user = User(pk=actor.user_id) if actor.user_id else None
    line.save()


def _booked(sheet: StockCount, line: StockCountLine) -> set[str]:
    return set(line.part.pieces.filter(place=sheet.place).values_list("serial", flat=True))


def _astray(sheet: StockCount, line: StockCountLine) -> bool:
    """The number may be right and the pieces others."""
    return line.part.serialised and _booked(sheet, line) != set(line.serials)


def _differences(sheet: StockCount, lines: list[StockCountLine]) -> tuple[list[Item], list[Item]]:
    """What is missing and what is too much, as items of the ledger."""
    missing: list[Item] = []
    extra: list[Item] = []
    for line in lines:
        if line.part.serialised:
            booked, found = _booked(sheet, line), set(line.serials)
            lost, more = sorted(booked - found), sorted(found - booked)
        else:
            lost, more = [""] * max(0, -line.difference), [""] * max(0, line.difference)
        for gone, items in ((lost, missing), (more, extra)):
            if gone:
                items.append(Item(line.part, len(gone), [serial for serial in gone if serial], line.reason))
    return missing, extra


def _line(sheet: StockCount, part: SparePart, expected: int) -> StockCountLine:
    line, _made = StockCountLine.objects.get_or_create(count=sheet, part=part, defaults={"expected": expected})
    return line


def _may_count(actor: Actor, place: StockPlace) -> None:
    if not StockPlace.objects.visible_to(actor).filter(pk=place.pk).exists():
        raise Refused(_("These parts lie at a place that is not yours."))
    keepers = STOREKEEPERS if place.kind == PlaceKind.WAREHOUSE else KEEPERS
    own_bag = place.staff is not None and place.staff.user_id == actor.user_id and actor.role == Role.TECHNICIAN
    if actor.role not in keepers and not own_bag:
        raise Refused(_("Your role does not count this place."))


def _locked(actor: Actor, sheet: StockCount, *states: CountState) -> StockCount:
    _may_count(actor, sheet.place)
    return _fresh(actor, sheet, *states)


def _decided(actor: Actor, sheet: StockCount, remark: str) -> StockCount:
    if not StockCount.objects.visible_to(actor).filter(pk=sheet.pk).exists():
        raise Refused(_("These parts lie at a place that is not yours."))
    fresh = _fresh(actor, sheet, CountState.COUNTED)
    verdict = may_approve(actor.role, counter=fresh.counted_by_id, approver=actor.user_id)
    if not verdict:
        raise Refused(verdict.reason)
    fresh.decided_at, fresh.decided_by_id, fresh.remark = clock.now(), actor.user_id, remark.strip()[:500]
    return fresh


def _fresh(actor: Actor, sheet: StockCount, *states: CountState) -> StockCount:
    fresh: StockCount = lock_row(sheet)
    if fresh.state not in states:
        raise Conflict(_("The count is “%s” now.") % fresh.get_state_display())
    _sign(actor, fresh)
    return fresh


def _sign(actor: Actor, sheet: StockCount) -> None:
    sheet._history_user = User(pk=actor.user_id) if actor.user_id else None
