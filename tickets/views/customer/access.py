"""How a customer proves that a ticket is his: number and telephone to look, a code or a signed link to act."""

import re
import secrets

from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from portal.kernel.throttle import TooMany, count
from tickets.models import Ticket

_SLOT = "looked_up"
_CODE = "track_code"
_CODE_SECONDS = 600
_CODE_TRIES = 5


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


def new_code(request: HttpRequest, ticket: Ticket) -> str:
    """Six digits that open the ticket for ten minutes to this browser; only a hash is kept, where every web process
    finds it."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    until = clock.now().timestamp() + _CODE_SECONDS
    request.session[_CODE] = {"ticket": ticket.pk, "hash": _hashed(ticket, code), "until": until}
    return code


def check_code(request: HttpRequest, ticket: Ticket, code: str) -> None:
    """InvalidInput unless the code is right; five wrong ones and it is worth nothing."""
    kept = request.session.get(_CODE) or {}
    ended = InvalidInput(_("This code has ended: let us send a new one."), field="code")
    if kept.get("ticket") != ticket.pk or clock.now().timestamp() > kept["until"]:
        raise ended
    try:  # counted apart from the session: guesses sent at the same moment count one by one
        count(f"code-tries:{kept['hash']}", most=_CODE_TRIES, seconds=_CODE_SECONDS)
    except TooMany as error:
        raise ended from error
    if not secrets.compare_digest(kept["hash"], _hashed(ticket, code.strip())):
        raise InvalidInput(_("This is not the code that we sent."), field="code")
    del request.session[_CODE]


def _hashed(ticket: Ticket, code: str) -> str:
    return salted_hmac(f"track-code:{ticket.pk}", code, algorithm="sha256").hexdigest()
