"""Which way parts may go and who may send them: purchase, storage, requisition, replacement, scrapping (R180)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from partners.choices.stock import HELD, MoveKind, PlaceKind
from portal.accounts.roles import PARTNER, Role
from portal.kernel.verdict import ALLOWED, Denied, Verdict

#: Keep the brand's warehouse.
STOREKEEPERS = frozenset({Role.BRAND_MANAGER, Role.TECHNICAL, Role.SERVICE_DESK, Role.SYSTEM})
#: Keep the stores of a partner.
KEEPERS = frozenset({Role.PARTNER_MANAGER, Role.DISPATCHER, Role.SYSTEM})
EVERYBODY = PARTNER | {Role.SYSTEM}

P, M = PlaceKind, MoveKind
#: (kind, from, to) → who sends parts that way. A way that is not written here does not exist.
ROUTES: dict[tuple[str, str, str], frozenset[Role]] = {
    (M.PURCHASE, P.SUPPLIER, P.WAREHOUSE): STOREKEEPERS,
    (M.TRANSFER, P.WAREHOUSE, P.TRANSIT): STOREKEEPERS,
    (M.RECEIVE, P.TRANSIT, P.STORE): EVERYBODY,
    (M.RECEIVE, P.TRANSIT, P.BAG): EVERYBODY,
    (M.TRANSFER, P.STORE, P.STORE): KEEPERS,
    (M.TRANSFER, P.STORE, P.BAG): EVERYBODY,
    (M.RETURN, P.BAG, P.STORE): EVERYBODY,
    (M.RETURN, P.STORE, P.WAREHOUSE): KEEPERS,
    (M.ISSUE, P.BAG, P.CUSTOMER): EVERYBODY,
    (M.ISSUE, P.STORE, P.CUSTOMER): EVERYBODY,
    (M.REPLACE, P.CUSTOMER, P.OLD_PARTS): EVERYBODY,
    (M.SCRAP, P.OLD_PARTS, P.SCRAPPED): KEEPERS,
    (M.SCRAP, P.STORE, P.SCRAPPED): KEEPERS,
    (M.SCRAP, P.BAG, P.SCRAPPED): KEEPERS,
    (M.SCRAP, P.WAREHOUSE, P.SCRAPPED): STOREKEEPERS,
}


def may_move(role: Role | None, kind: str, source: str, target: str) -> Verdict:
    """Whether this role may send parts this way; the first refusal with its reason (R180)."""
    who = ROUTES.get((kind, source, target))
    if who is None:
        return Denied(_("Parts do not go this way."))
    return ALLOWED if role in who else Denied(_("Your role does not move these parts."))


def may_set_reorder(role: Role | None, kind: str) -> Verdict:
    """Who says when to order again: storekeepers for the warehouse, a partner's keepers or a brand manager for stores
    and bags (R181)."""
    who = STOREKEEPERS if kind == PlaceKind.WAREHOUSE else KEEPERS | {Role.BRAND_MANAGER}
    return ALLOWED if role in who else Denied(_("Your role does not set reorder points."))


def may_open(role: Role | None) -> Verdict:
    """Who says what an outlet's store began with: the brand takes it over once, later only counts change it (R181)."""
    who = frozenset({Role.BRAND_MANAGER, Role.TECHNICAL, Role.SYSTEM})
    return ALLOWED if role in who else Denied(_("The brand enters the opening stock of an outlet."))


def may_approve(role: Role | None, *, counter: int | None, approver: int | None) -> Verdict:
    """A difference is approved by a manager who did not count himself (R181)."""
    if role not in (Role.PARTNER_MANAGER, Role.BRAND_MANAGER):
        return Denied(_("A partner manager or a brand manager approves the differences of a count."))
    if counter is not None and counter == approver:
        return Denied(_("Somebody else must approve what you counted."))
    return ALLOWED


@dataclass(frozen=True, slots=True)
class Listing:
    """What of a part's entry in the parts list decides whether it may be used."""

    number: str
    certified: bool
    valid_from: date | None
    valid_until: date | None
    successor: str = ""


def may_use(part: Listing, on: date) -> Verdict:
    """Only certified parts of the list in force are fitted; stock of a superseded one may be used up (R134)."""
    if not part.certified:
        return Denied(_("Part %s is not company-certified: only certified parts may be used.") % part.number)
    if part.valid_from and on < part.valid_from:
        return Denied(_("Part %s is not in the parts list yet.") % part.number)
    if part.valid_until and on > part.valid_until and part.successor:
        words = {"number": part.number, "successor": part.successor}
        return Denied(_("Part %(number)s has left the parts list: use %(successor)s.") % words)
    if part.valid_until and on > part.valid_until:
        return Denied(_("Part %s has left the parts list.") % part.number)
    return ALLOWED


def serials_fit(number: str, serialised: bool, quantity: int, serials: Iterable[str]) -> Verdict:
    """A serialised part moves with one serial number a piece, each once; others have none (R181)."""
    given = [serial for serial in serials if serial]
    if serialised and (len(given) != quantity or len(set(given)) != quantity):
        words = {"number": number, "count": quantity}
        return Denied(_("Part %(number)s is tracked by serial number: name %(count)d of them, each once.") % words)
    if given and not serialised:
        return Denied(_("Part %s is not tracked by serial number.") % number)
    return ALLOWED


def suggestion(quantity: int, coming: int, reorder_at: int, order_up_to: int) -> int:
    """How many to order: nothing above the reorder point, else up to the target, what is coming included (R181)."""
    there = quantity + coming
    return 0 if there > reorder_at else max(order_up_to, reorder_at + 1) - there


def is_held(kind: str) -> bool:
    """Whether the place can run out; the other ones are accounts of the ledger (R180)."""
    return kind in HELD
