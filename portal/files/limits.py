"""What may be stored as what: types and sizes by kind, one table."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.files.models import AttachmentKind

MB = 1024 * 1024
#: Largest picture that is decoded: a small file can unpack to gigabytes (E04).
MAX_PIXELS = 50_000_000

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
VIDEOS = frozenset({"video/mp4", "video/quicktime", "video/webm"})
OFFICE = "application/x-ooxml"

#: Endings that a type may carry; the first is given to a file that has none.
ENDINGS: dict[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/gif": ("gif",),
    "application/pdf": ("pdf",),
    "application/zip": ("zip",),
    OFFICE: ("docx", "xlsx", "pptx"),
    "application/gzip": ("gz", "tgz"),
    "video/mp4": ("mp4", "m4v", "3gp"),
    "video/quicktime": ("mov", "qt"),
    "video/webm": ("webm",),
    "text/plain": ("txt", "log", "csv", "json", "ini", "cfg", "conf", "trc", "asc", "md", "yaml", "yml"),
}
PICTURE_ENDINGS = frozenset(ending for kind in PICTURES for ending in ENDINGS[kind])


@dataclass(frozen=True, slots=True)
class Limit:
    """Size in bytes, types, and in words what is taken and what to do with a file that is too large."""

    size: int
    types: frozenset[str]
    takes: Any
    remedy: Any


_SMALLER_PICTURE = _("Take it again at a smaller picture size, or send a part of it.")

LIMITS: dict[str, Limit] = {
    AttachmentKind.PHOTO: Limit(20 * MB, PICTURES, _("a picture (JPEG, PNG, WebP or GIF)"), _SMALLER_PICTURE),
    AttachmentKind.VIDEO: Limit(
        200 * MB,
        VIDEOS,
        _("a video (MP4, MOV or WebM)"),
        _("Film a shorter piece, or choose a lower quality."),
    ),
    AttachmentKind.LOG: Limit(
        50 * MB,
        frozenset({"text/plain", "application/zip", "application/gzip", "application/pdf"}),
        _("a log file (text, zip, gz or PDF)"),
        _("Pack it as a zip file, or send only the hours in question."),
    ),
    AttachmentKind.DOCUMENT: Limit(
        50 * MB,
        PICTURES | {"application/pdf", "text/plain", OFFICE},
        _("a document (PDF, Word, Excel, text or picture)"),
        _("Send it in parts."),
    ),
    AttachmentKind.SIGNATURE: Limit(
        MB, frozenset({"image/png", "image/jpeg"}), _("a drawn signature (PNG or JPEG)"), _("Draw the signature again.")
    ),
    AttachmentKind.SCAN: Limit(
        20 * MB,
        frozenset({"application/pdf", "image/jpeg", "image/png", "image/webp"}),
        _("a scan (PDF, JPEG, PNG or WebP)"),
        _("Scan it in black and white, or at 200 dpi."),
    ),
}
