"""Take an uploaded file in: by its content, within its limits, under a random key (R061; E01, E02, E04, E12)."""

import base64
import binascii
import hashlib
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.accounts.actor import Actor
from portal.files import names, pictures, sniff, storage
from portal.files.limits import ENDINGS, LIMITS, MB, OFFICE, PICTURE_ENDINGS, PICTURES
from portal.files.models import Attachment, AttachmentKind
from portal.journal.log import subject_of
from portal.kernel import clock
from portal.kernel.errors import InvalidInput

_OFFICE_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}


def check(upload: File, kind: str) -> str:
    """The content type of an upload that may be stored as `kind`. Raises InvalidInput with words."""
    name = names.neutral(upload.name or "")
    _check_size(upload, kind, name)
    upload.seek(0)
    found = sniff.detect(upload.read(sniff.HEAD))
    upload.seek(0)
    _check_type(found, kind, name)
    _check_ending(found, name, getattr(upload, "content_type", "") or "")
    if found in PICTURES:
        pictures.check_header(upload, name)
    return found


_KINDS = (AttachmentKind.PHOTO, AttachmentKind.VIDEO, AttachmentKind.DOCUMENT, AttachmentKind.LOG)


def kind_of(upload: File, kinds: tuple[AttachmentKind, ...] = _KINDS) -> str:
    """Which of the kinds the upload is, by content. Raises InvalidInput that names what all of them take."""
    upload.seek(0)
    found = sniff.detect(upload.read(sniff.HEAD))
    upload.seek(0)
    for kind in kinds:
        if not upload.size or found in LIMITS[kind].types:
            return kind
    raise _wrong_type(found, names.neutral(upload.name or ""), [LIMITS[kind].takes for kind in kinds])


def store(
    upload: UploadedFile | File,
    subject: str | models.Model,
    kind: str,
    actor: Actor,
    *,
    public: bool = True,
    at: datetime | None = None,
) -> Attachment:
    """Keep an upload as an attachment of the subject ('ticket:12' or its row), inside the caller's transaction.

    Pictures are written anew without EXIF. When the transaction rolls back the file goes with it. `public` files are
    shown to the customer; `at` is the moment of the step that brought it. Raises InvalidInput that names limit and
    remedy.
    """
    found = check(upload, kind)
    content: File = upload
    if found in PICTURES:
        bare, found = pictures.rewritten(upload, names.neutral(upload.name or ""))
        content = File(bare)
    name = names.neutral(upload.name or str(AttachmentKind(kind).label), _ending(found, upload.name or ""))
    with transaction.atomic():
        row = Attachment(
            key=storage.new_key(),
            subject=subject if isinstance(subject, str) else subject_of(subject),
            kind=kind,
            name=name,
            content_type=_OFFICE_TYPES.get(names.ending_of(name), found) if found == OFFICE else found,
            public=public,
            uploaded_at=at or clock.now(),
            uploaded_by=actor.label[:120],
        )
        row.size, row.sha256 = _measure(content)
        storage.write(row.key, content)
        row.save(force_insert=True)
    return row


def remove(row: Attachment) -> None:
    """Take an attachment off again, inside the caller's transaction; the caller says in the journal who did and why."""
    key = row.key
    row.delete()
    storage.erase(key)


def store_data_url(
    data_url: str,
    subject: str | models.Model,
    kind: str,
    actor: Actor,
    *,
    name: str = "signature.png",
    public: bool = True,
) -> Attachment:
    """Keep a picture that the browser drew ('data:image/png;base64,…'). Raises InvalidInput."""
    head, _comma, data = data_url.partition(",")
    problem = InvalidInput(_("The drawn signature did not arrive whole. Draw it again."), field="signature")
    if head != "data:image/png;base64" or len(data) > LIMITS[kind].size * 4 // 3 + 4:
        raise problem
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise problem from error
    return store(ContentFile(content, name=name), subject, kind, actor, public=public)


def _measure(content: File) -> tuple[int, str]:
    """Size and SHA-256 of what is stored, in constant memory."""
    digest, size = hashlib.sha256(), 0
    content.seek(0)
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return size, digest.hexdigest()


def _check_size(upload: File, kind: str, name: str) -> None:
    limit = LIMITS[kind]
    if not upload.size:
        raise InvalidInput(_("“%(name)s” is empty. Choose the file again.") % {"name": name})
    if upload.size > limit.size:
        raise InvalidInput(
            _("“%(name)s” has %(size).1f MB; the limit for %(kind)s is %(limit)d MB. %(remedy)s")
            % {
                "name": name,
                "size": upload.size / MB,
                "kind": AttachmentKind(kind).label,
                "limit": limit.size // MB,
                "remedy": limit.remedy,
            }
        )


def _check_type(found: str, kind: str, name: str) -> None:
    if found in LIMITS[kind].types:
        return
    raise _wrong_type(found, name, [LIMITS[kind].takes])


def _wrong_type(found: str, name: str, takes: list[Any]) -> InvalidInput:
    if found == "image/heic":
        return InvalidInput(
            _(
                "“%(name)s” is in the HEIC format of iPhones. Set the camera to “Most compatible”, "
                "or send the picture as JPEG."
            )
            % {"name": name}
        )
    return InvalidInput(
        _("“%(name)s” is not %(takes)s: its content is %(found)s, whatever its name says. Choose another file.")
        % {
            "name": name,
            "takes": pgettext("between kinds of files", " or ").join(map(str, takes)),
            "found": _named(found),
        }
    )


def _check_ending(found: str, name: str, declared: str) -> None:
    """Name, declared type and content must tell the same story; pictures may be mixed up among themselves."""
    ending = names.ending_of(name)
    fits = not ending or ending in (PICTURE_ENDINGS if found in PICTURES else ENDINGS[found])
    claims = declared.split("/")[0]
    if not fits or (claims in ("image", "video") and claims != found.split("/")[0]):
        raise InvalidInput(
            _(
                "“%(name)s” does not contain what its name says: its content is %(found)s. "
                "Give it its right ending, then upload it again."
            )
            % {"name": name, "found": _named(found)}
        )


def _ending(found: str, name: str) -> str:
    given = names.ending_of(name)
    return given if given in ENDINGS[found] else ENDINGS[found][0]


def _named(found: str) -> str:
    """A content type in words."""
    words = {
        "text/html": _("a web page or a program text"),
        "text/plain": _("plain text"),
        "application/x-msdownload": _("a program"),
        "application/x-executable": _("a program"),
        OFFICE: _("an office document"),
        "": _("of an unknown kind"),
    }
    return words.get(found) or found.split("/")[-1].upper()
