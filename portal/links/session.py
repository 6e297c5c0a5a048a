"""What a browser that opened a signed link may do afterwards: the link, not the browser, stays the authority (I02)."""

from django.http import HttpRequest

from portal.accounts.actor import NOBODY, Actor
from portal.kernel import clock
from portal.links.models import SignedLink
from portal.links.tokens import LinkGone, LinkUnknown

_SLOT = "signed_links"
#: One browser holds the links of a household or a small firm, not of a town.
_MOST = 20


def remember(request: HttpRequest, link: SignedLink) -> None:
    """After `resolve`: keep which link opened which subject, so that later requests need no token in the address."""
    kept = {subject: pk for subject, pk in request.session.get(_SLOT, {}).items() if subject != link.subject}
    kept[link.subject] = link.pk
    request.session[_SLOT] = dict(list(kept.items())[-_MOST:])


def forget(request: HttpRequest, subject: str) -> None:
    """Leave one subject."""
    kept = dict(request.session.get(_SLOT, {}))
    if kept.pop(subject, None) is not None:
        request.session[_SLOT] = kept


def current(request: HttpRequest, subject: str) -> SignedLink:
    """The remembered link, checked anew. Raises LinkUnknown (404) or LinkGone (410)."""
    pk = request.session.get(_SLOT, {}).get(subject)
    link = SignedLink.objects.filter(pk=pk, subject=subject).first() if pk else None
    if link is None:
        raise LinkUnknown
    if not link.alive(clock.now()):
        raise LinkGone
    return link


def actor_for(request: HttpRequest, subject: str) -> Actor:
    """The customer behind the remembered link of this subject; nobody, if there is none or it has ended."""
    try:
        link = current(request, subject)
    except (LinkUnknown, LinkGone):
        return NOBODY
    return actor_of(link)


def actor_of(link: SignedLink) -> Actor:
    """The customer whom a resolved link stands for."""
    pk = link.subject.partition(":")[2]
    return Actor.customer(int(pk), link.holder) if pk.isdecimal() else NOBODY
