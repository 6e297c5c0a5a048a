"""Who may read an attachment: whoever may see its subject. Upper apps register how that is asked (A08)."""

from collections.abc import Callable

from portal.accounts.actor import Actor
from portal.files.models import Attachment

Resolver = Callable[[Actor, int], bool]
_resolvers: dict[str, Resolver] = {}


def register(prefix: str, resolver: Resolver) -> None:
    """Name who answers for subjects 'prefix:pk'; the same prefix twice is a programming error."""
    if _resolvers.get(prefix, resolver) is not resolver:
        raise ValueError(f"access to files of {prefix!r} is registered twice")
    _resolvers[prefix] = resolver


def may_read(actor: Actor, attachment: Attachment) -> bool:
    """True if the actor sees the subject; customers see only what is meant for them. No resolver, no access."""
    prefix, _colon, pk = attachment.subject.partition(":")
    resolver = _resolvers.get(prefix)
    if resolver is None or actor.role is None or not pk.isdecimal():
        return False
    if actor.is_customer and not attachment.public:
        return False
    return resolver(actor, int(pk))
