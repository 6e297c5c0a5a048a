"""A small counter in the cache against guessing and flooding (I08, K03, K04)."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import ngettext

from portal.kernel.errors import PortalError


class TooMany(PortalError):
    """Too often in a short time: 429."""

    status = 429


def count(name: str, *, most: int, seconds: int) -> None:
    """Count one more use of `name`; raises TooMany when it is used more than `most` times in `seconds`."""
    key = f"throttle:{name}"
    if cache.add(key, 1, seconds):
        return
    try:
        used = cache.incr(key)
    except ValueError:  # it ended between the two calls
        cache.set(key, 1, seconds)
        return
    if used > most:
        minutes = max(1, seconds // 60)
        words = ngettext(
            "Too many attempts. Please wait %d minute and try again.",
            "Too many attempts. Please wait %d minutes and try again.",
            minutes,
        )
        raise TooMany(words % minutes)


def used(name: str) -> int:
    """How often `name` was counted in the time that runs."""
    return int(cache.get(f"throttle:{name}", 0))


def address_of(request: HttpRequest) -> str:
    """The client's address; behind a proxy of ours the last one that it vouches for. Anybody else may write anything
    into X-Forwarded-For, so his word counts for nothing."""
    peer = request.META.get("REMOTE_ADDR", "")
    if peer not in settings.TRUSTED_PROXIES:
        return peer
    return request.headers.get("X-Forwarded-For", "").split(",")[-1].strip() or peer
