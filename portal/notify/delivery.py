"""Send one notice, once: claim it, check it, hand it over, say what became of it (K06, K09, A16)."""

import logging
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import translation
from django.utils.translation import gettext as _

from portal.kernel import clock
from portal.links.tokens import absolute_url, issue
from portal.notify import types
from portal.notify.models import Notice, NoticeState

logger = logging.getLogger(__name__)

#: Waiting times between tries; together almost two days, so that a day without mail server loses nothing.
PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 180, 360, 720, 1440))
MAX_TRIES = len(PAUSES) + 1
#: A claim that was not closed within this time belonged to a worker that died.
LEASE = timedelta(minutes=10)
BATCH = 500


def due(moment: datetime) -> Q:
    """Notices whose next try has come."""
    return Q(state=NoticeState.QUEUED) & (Q(next_try_at__lte=moment) | Q(next_try_at=None))


def deliver(pk: int) -> bool:
    """Deliver a notice if it is due and nobody else has it; True if it was sent now."""
    notice = _claim(pk)
    if notice is None:
        return False
    if not types.still_meant(notice):
        _close(notice, state=NoticeState.WITHDRAWN, error="")
        return False
    try:
        message(notice).send(fail_silently=False)
    except Exception as error:  # whatever a mail server or a resolver comes up with is a reason to try again
        _failed(notice, error)
        return False
    _close(notice, state=NoticeState.SENT, sent_at=clock.now(), error="")
    return True


def deliver_due() -> int:
    """Deliver what is due, also what a dead worker left behind; answers how many were sent."""
    waiting = Notice.objects.filter(due(clock.now())).order_by("next_try_at", "pk")
    return sum(deliver(pk) for pk in list(waiting.values_list("pk", flat=True)[:BATCH]))


def message(notice: Notice) -> EmailMessage:
    """The mail: to exactly one address, told apart from a person's letter, with an id that stays the same."""
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return EmailMessage(
        subject=notice.title,
        body=letter(notice),
        to=[notice.email],
        headers={
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
            "Message-ID": f"<notice-{notice.pk}-{notice.created_at:%Y%m%d%H%M%S}@{host}>",
            "Content-Language": notice.language,
        },
    )


def letter(notice: Notice) -> str:
    """The text with greeting, signature and, where one belongs, a signed link that is issued now."""
    body = notice.body
    if notice.link_path and types.LINK_PLACE in body:
        raw = issue(notice.subject, notice.link_purpose, days=notice.link_days, holder=notice.name)
        body = body.replace(types.LINK_PLACE, absolute_url(notice.link_path.format(token=raw)))
    with translation.override(notice.language):
        greeting = _("Dear %(name)s,") % {"name": notice.name} if notice.name else _("Dear customer,")
        brand, hotline = settings.BRAND["name"], settings.BRAND["hotline"]
        farewell = _("%(brand)s · hotline %(hotline)s") % {"brand": brand, "hotline": hotline}
        note = _("This message was sent automatically.")
    return f"{greeting}\n\n{body}\n\n{farewell}\n{note}\n"


def _claim(pk: int) -> Notice | None:
    """Take the notice for the time of the lease: one conditional UPDATE, so that of two workers one gets it."""
    now = clock.now()
    taken = Notice.objects.filter(due(now), pk=pk).update(attempts=F("attempts") + 1, next_try_at=now + LEASE)
    return Notice.objects.select_related("user").get(pk=pk) if taken else None


def _failed(notice: Notice, error: Exception) -> None:
    logger.warning("notice %s: try %s failed: %s", notice.pk, notice.attempts, type(error).__name__)
    words = f"{type(error).__name__}: {error}"[:300]
    if notice.attempts >= MAX_TRIES:
        _close(notice, state=NoticeState.FAILED, error=words)
    else:
        _close(notice, error=words, next_try_at=clock.now() + PAUSES[notice.attempts - 1])


def _close(notice: Notice, **changes: object) -> None:
    """Give the claim back; only the claim that is still ours."""
    ours = Notice.objects.filter(pk=notice.pk, state=NoticeState.QUEUED, attempts=notice.attempts)
    ours.update(**{"next_try_at": None, **changes})
