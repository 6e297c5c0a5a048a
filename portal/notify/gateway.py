"""Send by a channel of NOTIFY_URLS: text messages and robots, through apprise (H01, H03, H08, K11)."""

import logging
from typing import Any

from apprise import Apprise, AppriseAsset, NotifyFormat

from portal.kernel import clock
from portal.notify import channels
from portal.notify.channels import Channel
from portal.notify.outcome import CODED, Kind, Outcome, of_answer, short
from portal.notify.watching import watched

#: The library writes addresses with their keys into its log.
logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)
logging.getLogger("urllib3").setLevel(logging.ERROR)

ASSET = AppriseAsset(async_mode=False, http_redirects=False, app_id="Portal", secure_logging=True)


def send(channel: Channel, phone: str, title: str, body: str, key: str) -> Outcome:
    """Hand one message over; `key` is the same at each try, so that a provider that knows it sends once.

    Never raises and never names a secret.
    """
    url, expect = channels.expectation(channel.address_for(phone))
    service = instance(url)
    if service is None:
        return Outcome(Kind.DOWN, "NOTIFY_URLS: this channel's address is not understood")
    try:
        with watched({"Idempotency-Key": key}) as watch:
            taken = service.notify(body=body, title=title, body_format=NotifyFormat.TEXT)
    except Exception as error:  # whatever the library comes up with is a reason to try again
        return Outcome(Kind.DOWN, type(error).__name__)
    if watch.error is not None:
        return Outcome(Kind.DOWN, type(watch.error).__name__)
    now = clock.now()
    outcomes = [of_answer(answer, coded=coded(service), expect=expect, now=now) for answer in watch.answers]
    worst = next((outcome for outcome in outcomes if outcome.kind != Kind.SENT), None)
    found = worst or next(reversed(outcomes), Outcome(Kind.SENT))
    if not taken and found.kind == Kind.SENT:
        found = Outcome(Kind.DOWN, found.words or "the library could not send")
    words = channels.scrubbed(found.words, secrets=[url])
    return Outcome(found.kind, short(words.replace(phone, "…") if phone else words), found.wait)


def instance(url: str) -> Any:
    """The library's object for an address; None where it does not understand it."""
    return Apprise.instantiate(url, asset=ASSET)


def coded(service: Any) -> bool:
    """Does this provider say in a code of its own whether it took the message?"""
    return any(scheme in CODED for scheme in (service.secure_protocol, service.protocol) if isinstance(scheme, str))
