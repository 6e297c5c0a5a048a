"""Whom a request for parts is told, and in which words (R060, R090)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import Membership
from portal.accounts.roles import Role
from portal.journal.log import subject_of
from portal.notify.places import describe
from portal.notify.queue import Recipient, queue
from portal.notify.types import register, register_group
from tickets.models import PartRequest

describe("request", _("Request number"), "BJ20261126-0003")
describe("part", _("Spare part"), "LQP-AC-2001 主控板")
describe("quantity", _("Quantity"), "2")

PARTS = "parts"
EVERY = ("request", "part", "quantity", "outlet")
_REQUESTER, _STOREKEEPER = _("Who asked for parts"), _("Technical department")

register_group(PARTS, _("Spare parts"), _("Requests for parts: promised, on the way, arrived, late"))


def _register(code: str, audience: Any, title: Any, body: Any, *more: str) -> None:
    register(code, title, body, audience, places=(*EVERY, *more), group=PARTS)


_register(
    "part.requested",
    _STOREKEEPER,
    _("%(request)s: a part is requested"),
    _("%(outlet)s needs %(quantity)s of %(part)s. Please promise a day: %(link)s"),
)
_register(
    "part.promised",
    _REQUESTER,
    _("%(request)s: promised for %(until)s"),
    _("%(quantity)s of %(part)s are promised for %(until)s: %(link)s"),
    "until",
)
_register(
    "part.shipped",
    _REQUESTER,
    _("%(request)s is on the way"),
    _("%(quantity)s of %(part)s are on the way to %(outlet)s: %(link)s"),
)
_register(
    "part.supplied",
    _REQUESTER,
    _("%(request)s has arrived"),
    _("%(quantity)s of %(part)s have arrived at %(outlet)s: %(link)s"),
)
_register(
    "part.late",
    _REQUESTER,
    _("%(request)s is late"),
    _("%(quantity)s of %(part)s were announced for %(until)s and have not arrived at %(outlet)s: %(link)s"),
    "until",
)
_register(
    "part.cancelled",
    _REQUESTER,
    _("%(request)s was withdrawn"),
    _("%(quantity)s of %(part)s are not needed any more. Reason: %(reason)s"),
    "reason",
)


def tell_requester(row: PartRequest, code: str, /, but: Actor, **context: Any) -> None:
    """To whoever asked for the parts, unless he did it himself."""
    user = row.requested_by
    if user is not None and user.pk != but.user_id:
        queue(code, Recipient.of(user), _of(row, context), subject_of(row), link=f"/field/parts/{row.number}/")


def tell_storekeepers(row: PartRequest, code: str, /, **context: Any) -> None:
    """To the technical department, which keeps the brand's warehouse, as far as its regions reach."""
    keepers = Membership.objects.filter(active=True, role=Role.TECHNICAL, user__is_active=True).select_related("user")
    for keeper in keepers:
        if not keeper.regions or row.outlet.region in keeper.regions:
            link = f"/admin/tickets/partrequest/{row.pk}/change/"
            queue(code, Recipient.of(keeper.user), _of(row, context), subject_of(row), link=link)


def _of(row: PartRequest, extra: dict[str, Any]) -> dict[str, Any]:
    told = {"request": row.number, "part": str(row.part), "quantity": str(row.quantity), "outlet": str(row.outlet)}
    return {**told, **extra}
