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
from django.utils import translation

from portal.accounts.models import User
from portal.journal.log import subject_of
from portal.kernel import clock
from portal.links.tokens import absolute_url
from portal.notify import types
from portal.notify.models import Notice, NoticeState
from portal.notify.tasks import deliver_notice


@dataclass(frozen=True, slots=True)
class Recipient:
    """One person: with an account, or with an address alone."""

    user: User | None = None
    email: str = ""
    name: str = ""
    language: str = ""

    @classmethod
    def of(cls, user: User) -> "Recipient":
        """Somebody who signs in; he also finds the notice in his inbox."""
        return cls(user=user, email=user.email, name=str(user), language=user.language)


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
) -> Notice:
    """Store a notice in the recipient's language and enqueue its delivery, both in the caller's transaction.

    `link` is a signed link (LinkTo), a path of the portal ('/field/…/') or None. Without a usable address the notice
    is stored as NO_ADDRESS. Raises KeyError for a code that nobody registered.
    """
    kind, now = types.get(code), clock.now()
    language = recipient.language or settings.LANGUAGE_CODE
    signed = link if isinstance(link, LinkTo) else None
    place = types.LINK_PLACE if signed else absolute_url(link) if isinstance(link, str) else ""
    with translation.override(language):
        title, body = types.words(kind, context, place)
    email = recipient.email.strip() if is_address(recipient.email) else ""
    done = _as_delivered.get()
    state = NoticeState.NO_ADDRESS if not email else NoticeState.SENT if done else NoticeState.QUEUED
    with transaction.atomic(savepoint=False):  # both or neither, whatever the caller's transaction comes to
        notice = Notice.objects.create(
            type=code,
            subject=subject if isinstance(subject, str) else subject_of(subject),
            user=recipient.user,
            name=recipient.name[:120],
            email=email,
            language=language,
            title=title,
            body=body,
            link_purpose=signed.purpose if signed else "",
            link_path=signed.path if signed else "",
            link_days=signed.days if signed else 0,
            state=state,
            created_at=now,
            next_try_at=now if state == NoticeState.QUEUED else None,
            sent_at=now if state == NoticeState.SENT else None,
            read_at=now if done else None,
        )
        if state == NoticeState.QUEUED:
            deliver_notice.enqueue(notice.pk)
    return notice


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


def inbox(user: User) -> models.QuerySet[Notice]:
    """Everything that was ever told to this user, newest first."""
    return Notice.objects.filter(user=user)


def mark_read(user: User, pk: int | None = None) -> int:
    """One notice, or all, as read; answers how many."""
    notices = unread(user) if pk is None else unread(user).filter(pk=pk)
    return notices.update(read_at=clock.now())
