"""What is wrong with the channels is said at start, in words and without their secrets (H08)."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from portal.notify import channels, gateway, preferences


@register
def notify_urls(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """NOTIFY_URLS can be read, and each address is one that can be sent to."""
    try:
        found = channels.parse(settings.SECRET_NOTIFY_URLS)
    except ValueError as error:
        hint = "Write NOTIFY_URLS as name=scheme://… entries separated by spaces (docs/OPERATIONS.md)."
        return [Error(f"NOTIFY_URLS: {error}.", hint=hint, id="notify.E001")]
    told: list[CheckMessage] = []
    for name, channel in found.items():
        url, _expect = channels.expectation(channel.address_for("13800000000"))
        if gateway.instance(url) is None:
            hint = "See docs/OPERATIONS.md, 'Channels', and the list of services of apprise."
            told.append(Error(f"NOTIFY_URLS: the address of {name!r} is not understood.", hint=hint, id="notify.E002"))
        elif url.startswith(("http://", "json://", "form://", "xml://")):
            told.append(Warning(f"NOTIFY_URLS: {name!r} is not encrypted.", id="notify.W001"))
    return told


@register
def quiet_hours(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """QUIET_HOURS can be read."""
    try:
        preferences.house_quiet()
    except ValueError:
        return [Error("QUIET_HOURS is not written as 22:00-07:00.", id="notify.E003")]
    return []
