"""How a customer proves that a ticket is his: number and telephone to look, a code or a signed link to act."""

import hashlib
import re
import secrets

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.kernel.errors import InvalidInput
from tickets.models import Ticket

_SLOT = "looked_up"
_CODE_SECONDS = 600
_CODE_TRIES = 5


def address_of(request: HttpRequest) -> str:
    """The client's address; behind a proxy the last one that the proxy vouches for."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    return forwarded.split(",")[-1].strip() or request.META.get("REMOTE_ADDR", "")


def find(number: str, phone: str) -> Ticket | None:
    """The ticket of that number whose contact has that telephone; spaces and dashes do not matter."""
    ticket = Ticket.objects.filter(number=number.strip().upper()).first()
    known = digits(ticket.contact_phone) if ticket else ""
    return ticket if known and secrets.compare_digest(known, digits(phone)) else None


def digits(phone: str) -> str:
    """Only the digits, without the country's 86."""
    found = re.sub(r"\D", "", phone)
    return found[2:] if len(found) > 11 and found.startswith("86") else found


def remember_lookup(request: HttpRequest, ticket: Ticket) -> None:
    """This browser knew number and telephone: it may look at the progress, not act."""
    known = [pk for pk in request.session.get(_SLOT, []) if pk != ticket.pk]
    request.session[_SLOT] = [*known[-9:], ticket.pk]


def looked_up(request: HttpRequest, number: str) -> Ticket | None:
    """The ticket, if this browser looked it up."""
    return Ticket.objects.filter(number=number, pk__in=request.session.get(_SLOT, [])).first()


def new_code(ticket: Ticket) -> str:
    """Six digits that open the ticket for ten minutes; only a hash is kept."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    cache.set(_slot(ticket), {"hash": _hashed(code), "tries": 0}, _CODE_SECONDS)
    return code


def check_code(ticket: Ticket, code: str) -> None:
    """InvalidInput unless the code is right; five wrong ones and it is worth nothing."""
    kept = cache.get(_slot(ticket))
    if kept is None or kept["tries"] >= _CODE_TRIES:
        raise InvalidInput(_("This code has ended: let us send a new one."), field="code")
    if not secrets.compare_digest(kept["hash"], _hashed(code.strip())):
        cache.set(_slot(ticket), {**kept, "tries": kept["tries"] + 1}, _CODE_SECONDS)
        raise InvalidInput(_("This is not the code that we sent."), field="code")
    cache.delete(_slot(ticket))


def _slot(ticket: Ticket) -> str:
    return f"track-code:{ticket.pk}"


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
