"""Issue, resolve and revoke signed links; 256 random bits, of which only a hash is kept (I01, I02, I04, I13)."""

import hashlib
import re
import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.journal.log import subject_of
from portal.kernel import clock
from portal.kernel.errors import PortalError
from portal.links.models import SignedLink

BYTES = 32
_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


class LinkUnknown(PortalError):
    """No such link: cut, changed, of another purpose or never issued. Always the same words."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("This link is not known. Open it again from the message, or look your ticket up."))


class LinkGone(PortalError):
    """The link has ended or was taken back; the page says so without a word about its subject."""

    status = 410

    def __init__(self) -> None:
        super().__init__(_("This link has ended. Look your ticket up by number and telephone for a new one."))


def issue(subject: str | models.Model, purpose: str, *, days: int, holder: str = "") -> str:
    """A new raw token for the subject ('ticket:12' or its row); it is shown once and never stored."""
    raw = secrets.token_urlsafe(BYTES)
    now = clock.now()
    SignedLink.objects.create(
        token_hash=hashed(raw),
        purpose=purpose,
        subject=_name(subject),
        holder=holder[:120],
        created_at=now,
        expires_at=now + timedelta(days=days),
    )
    return raw


def resolve(raw: str, purpose: str) -> SignedLink:
    """The link behind a raw token. Raises LinkUnknown (404) or LinkGone (410). Reading uses nothing up (I09)."""
    link = SignedLink.objects.filter(token_hash=hashed(raw), purpose=purpose).first() if _SHAPE.fullmatch(raw) else None
    if link is None:
        raise LinkUnknown
    if not link.alive(clock.now()):
        raise LinkGone
    return link


def revoke(subject: str | models.Model, purpose: str | None = None) -> int:
    """End the links of a subject, of one purpose or of all; answers how many were ended."""
    links = SignedLink.objects.filter(subject=_name(subject), revoked_at=None)
    if purpose is not None:
        links = links.filter(purpose=purpose)
    return links.update(revoked_at=clock.now())


def absolute_url(path: str) -> str:
    """An address for messages, from SITE_URL alone: no header of a request can bend it (I13)."""
    if not path.startswith("/") or path.startswith("//"):
        raise ValueError(f"not a path of this portal: {path!r}")
    return f"{settings.SITE_URL}{path}"


def hashed(raw: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(raw.encode()).hexdigest()


def _name(subject: str | models.Model) -> str:
    return subject if isinstance(subject, str) else subject_of(subject)
