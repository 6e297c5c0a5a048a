"""A small counter in the cache against guessing and flooding (I08, K03, K04)."""

from django.core.cache import cache
from django.utils.translation import gettext as _

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
        raise TooMany(_("Too many attempts. Please wait %d minutes and try again.") % max(1, seconds // 60))
