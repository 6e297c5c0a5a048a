"""Put notices into the outbox and read the inbox; the only writer of new notices."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import translation

from portal.accounts.models import User
from portal.journal.log import subject_of
from portal.kernel import clock
from portal.links.tokens import absolute_url
from portal.notify import channels, fanout, texts, types
from portal.notify.models import Delivery, Notice, NoticeState
from portal.notify.sending import deliver_notice
from portal.notify.wording import LINK_PLACE


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person: with an account, or with an address or a telephone alone."""

    user: User | None = None
    email: str = ""
    name: str = ""
    language: str = ""
    phone: str = ""

    @classmethod
    def of(cls, user: User) -> "Recipient":
        """Somebody who signs in; he also finds the notice in his inbox."""
        return cls(user=user, email=user.email, name=str(user), language=user.language, phone=user.phone)


@dataclass(frozen=True, slots=True)
class LinkTo:
    """A signed link that the message will carry; it is issued at the moment of sending, so no token is ever stored.

    `path` holds a place for it: '/t/{token}/'.
    """

    purpose: str
    path: str
    days: int


_as_delivered: ContextVar[bool] = ContextVar("portal_notify_as_delivered", default=False)


@contextmanager
def as_delivered() -> Iterator[None]:
    """Inside the block notices are stored as sent and read, and nobody is written to: demonstrations and imports."""
    token = _as_delivered.set(True)
    try:
        yield
    finally:
        _as_delivered.reset(token)


def queue(
    code: str,
    recipient: Recipient,
    context: Mapping[str, Any],
    subject: str | models.Model,
    *,
    link: LinkTo | str | None = None,
    urgent: bool | None = None,
) -> Notice:
    """Store a notice in the recipient's language and enqueue its deliveries, both in the caller's transaction.

    `link` is a signed link (LinkTo), a path of the portal ('/field/…/') or None. `urgent` notices pass quiet hours
    and fall to the next channel (default: as the kind says). Without a way to the person the notice is stored as
    NO_ADDRESS. Raises KeyError for a code that nobody registered.
    """
    kind = types.get(code)
    notice = _written(kind, recipient, context, subject, link)
    notice.urgent = kind.urgent if urgent is None else urgent
    with transaction.atomic(savepoint=False):  # both or neither, whatever the caller's transaction comes to
        return _stored_as_delivered(notice) if _as_delivered.get() else _stored(notice, kind)


def announce(
    code: str,
    group: str,
    context: Mapping[str, Any],
    subject: str | models.Model,
    *,
    link: str | None = None,
    urgent: bool | None = None,
) -> Notice | None:
    """Tell the robot of a group ('desk', 'partner.P-001') once, however many people it stands for.

    None where NOTIFY_URLS names no robot of that group: then nothing is stored.
    """
    if _as_delivered.get() or not channels.is_group(group):
        return None
    kind, now = types.get(code), clock.now()
    notice = _written(kind, Recipient(name=str(channels.label(group))), context, subject, link)
    notice.group, notice.urgent = group, kind.urgent if urgent is None else urgent
    with transaction.atomic(savepoint=False):
        notice.save(force_insert=True)
        Delivery.objects.create(notice=notice, channel=group, created_at=now, next_try_at=now)
        deliver_notice.enqueue(notice.pk)
    return notice


def _written(
    kind: types.NoticeType,
    recipient: Recipient,
    context: Mapping[str, Any],
    subject: str | models.Model,
    link: LinkTo | str | None,
) -> Notice:
    """The unsaved notice with its words."""
    language = recipient.language or settings.LANGUAGE_CODE
    signed = link if isinstance(link, LinkTo) else None
    place = LINK_PLACE if signed else absolute_url(link) if isinstance(link, str) else ""
    with translation.override(language):
        title, body = texts.words(kind, language, context, place, standard=_as_delivered.get())
    return Notice(
        type=kind.code,
        subject=subject if isinstance(subject, str) else subject_of(subject),
        user=recipient.user,
        name=recipient.name[:120],
        email=recipient.email.strip() if is_address(recipient.email) else "",
        phone=channels.phone_for_text(recipient.phone),
        language=language,
        title=title,
        body=body,
        link_purpose=signed.purpose if signed else "",
        link_path=signed.path if signed else link if isinstance(link, str) else "",
        link_days=signed.days if signed else 0,
        created_at=clock.now(),
    )


def _stored(notice: Notice, kind: types.NoticeType) -> Notice:
    ways = fanout.chosen(notice, kind)
    reachable = ways or any(fanout.address(notice, name) for name in channels.personal())
    # Somebody who switched every channel off has it in his inbox: nothing is left to do.
    notice.state = NoticeState.QUEUED if ways else NoticeState.SENT if reachable else NoticeState.NO_ADDRESS
    notice.save(force_insert=True)
    for name in ways:
        fanout.row(notice, name, notice.created_at).save(force_insert=True)
    if ways:
        deliver_notice.enqueue(notice.pk)
    return notice


def _stored_as_delivered(notice: Notice) -> Notice:
    notice.state = NoticeState.SENT if notice.email else NoticeState.NO_ADDRESS
    notice.sent_at = notice.created_at if notice.email else None
    notice.read_at = notice.created_at
    notice.save(force_insert=True)
    return notice


def first_way(recipient: Recipient) -> str:
    """The channel that would reach somebody without account first; empty where none would."""
    if is_address(recipient.email):
        return channels.MAIL
    others = [name for name in channels.personal() if name != channels.MAIL]
    return others[0] if others and channels.phone_for_text(recipient.phone) else ""


def is_address(text: str) -> bool:
    """True for exactly one plain address: no list, no display name, no line break (K15)."""
    try:
        validate_email(text.strip())
    except ValidationError:
        return False
    return True


def unread(user: User) -> models.QuerySet[Notice]:
    """The inbox: what this user has not read, newest first."""
    return Notice.objects.filter(user=user, read_at=None)


def unread_count(request: HttpRequest) -> int:
    """How much is new to who asks; counted once a request, for bell and sidebar both show it."""
    if not hasattr(request, "_unread_notices"):
        request._unread_notices = unread(request.user).count() if request.user.is_authenticated else 0
    return request._unread_notices


def inbox(user: User) -> models.QuerySet[Notice]:
    """Everything that was ever told to this user, newest first."""
    return Notice.objects.filter(user=user)


def mark_read(user: User, pk: int | None = None) -> int:
    """One notice, or all, as read; answers how many."""
    notices = unread(user) if pk is None else unread(user).filter(pk=pk)
    return notices.update(read_at=clock.now())
