"""The ways out of the portal: mail, and what the operator names in NOTIFY_URLS. Addresses are secrets (H08)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.kernel.phone import mobile

MAIL = "mail"
INBOX = "inbox"
#: Stands in the address of a channel that reaches one person.
PHONE = "{phone}"
#: Our own parameter of an address: the answer must contain this text, else the gateway has refused.
EXPECT = "portal_ok"

_NAME = re.compile(r"[a-z][A-Za-z0-9_.-]{0,39}")
_EXPECT = re.compile(rf"([?&]){EXPECT}=([^&]*)&?")
_LABELS = {MAIL: gettext_lazy("E-mail"), INBOX: gettext_lazy("In the portal"), "sms": gettext_lazy("Text message")}


@dataclass(frozen=True, slots=True)
class Channel:
    """One named way out; `url` is never shown, logged or written anywhere."""

    name: str
    url: str = field(default="", repr=False)

    @property
    def personal(self) -> bool:
        """Does it reach one person, by his telephone? Others are robots that tell a group."""
        return PHONE in self.url

    def address_for(self, phone: str) -> str:
        """The URL for one person."""
        return self.url.replace(PHONE, quote(phone, safe=""))


def parse(text: str) -> dict[str, Channel]:
    """'sms=… desk=…', separated by white space. Raises ValueError, which names the entry but not its address."""
    found: dict[str, Channel] = {}
    for position, entry in enumerate(text.split(), start=1):
        name, _equals, url = entry.partition("=")
        if not _NAME.fullmatch(name) or "://" not in url:
            raise ValueError(f"entry {position} is not written name=scheme://…")
        if name in (MAIL, INBOX) or name in found:
            raise ValueError(f"entry {position}: the name {name!r} is taken")
        found[name] = Channel(name, url)
    return found


@lru_cache(maxsize=8)
def _parsed(text: str) -> dict[str, Channel]:
    return parse(text)


def configured() -> Mapping[str, Channel]:
    """The channels of NOTIFY_URLS by name, in the operator's order."""
    return _parsed(settings.SECRET_NOTIFY_URLS)


def personal() -> list[str]:
    """Names of the channels that reach one person, in the order in which urgent notices fall from one to the next."""
    return [MAIL, *(name for name, channel in configured().items() if channel.personal)]


def is_group(name: str) -> bool:
    """Is it a robot that tells a group?"""
    channel = configured().get(name)
    return channel is not None and not channel.personal


def names() -> list[str]:
    """Every channel that something can be sent by now."""
    return [MAIL, *configured()]


def label(name: str) -> Any:
    """How people call the channel."""
    if name in _LABELS:
        return _LABELS[name]
    return _("Group “%(name)s”") % {"name": name} if is_group(name) else name


def phone_for_text(phone: str) -> str:
    """The number as gateways want it, or nothing where no text message can arrive."""
    return mobile(phone)


def expectation(url: str) -> tuple[str, str]:
    """The address without our own parameter, and the text that a good answer contains ('' where any will do)."""
    found = _EXPECT.search(url)
    if not found:
        return url, ""
    rest = url[: found.start()] + found[1] + url[found.end() :]
    return rest.rstrip("?&"), found[2]


def scrubbed(text: str, *, secrets: list[str] | None = None) -> str:
    """The text without any part of a configured address that could be a secret."""
    for url in [channel.url for channel in configured().values()] + (secrets or []):
        for part in re.split(r"[/?&=:@#\s]+", url):
            if len(part) > 5:
                text = text.replace(part, "…")
    return text
