"""The answer that carries a file: checked bytes, safe headers, byte ranges (Q09, E16, E17)."""

import hashlib
import re
from collections.abc import Iterator

from django.core.files.base import File
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from portal.files import storage
from portal.files.models import Attachment

#: Up to this size the checksum is verified before a byte leaves; larger ones are left to the nightly run.
CHECKED_SIZE = 50 * 1024 * 1024
_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_INLINE = ("image/jpeg", "image/png", "image/webp", "application/pdf", "video/mp4", "video/webm", "video/quicktime")

#: A browser shows a PDF in a viewer of its own, which a sandbox would keep from starting.
_POLICIES = {"application/pdf": "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'"}


class FileChanged(Exception):
    """The stored bytes are not those that were uploaded."""


def answer(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    """The whole file, or the range that the request asks for. Raises FileNotFoundError or FileChanged."""
    file = storage.open_file(attachment.key)
    try:
        check(file, attachment)
        span = wanted(request.headers.get("Range", ""), attachment.size)
        response = _whole(file, attachment) if span is None else _part(file, attachment, span)
    except BaseException:
        file.close()
        raise
    return with_headers(response, attachment)


def check(file: File, attachment: Attachment) -> None:
    """Compare size and, up to CHECKED_SIZE, SHA-256 with what was stored (Q09). Raises FileChanged."""
    if file.size != attachment.size:
        raise FileChanged(attachment.key)
    if attachment.size <= CHECKED_SIZE:
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        if digest.hexdigest() != attachment.sha256:
            raise FileChanged(attachment.key)
    file.seek(0)


def wanted(header: str, size: int) -> range | None:
    """The byte positions of a Range header; None for the whole; an empty range when it cannot be satisfied.

    Several ranges at once, or a header that is none, mean the whole, as RFC 9110 permits.
    """
    match = _RANGE.fullmatch(header.replace(" ", ""))
    if not match or match.groups() == ("", ""):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1 if last else size, size))


def with_headers(response: HttpResponse, attachment: Attachment) -> HttpResponse:
    """Nobody may guess the type, run it, frame it, keep it for others, or be fooled by its name."""
    inline = attachment.content_type in _INLINE
    response["Content-Disposition"] = content_disposition_header(not inline, attachment.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _POLICIES.get(attachment.content_type, "sandbox; default-src 'none'")
    response["Cache-Control"] = "private, max-age=3600"
    response["Accept-Ranges"] = "bytes"
    return response


def _whole(file: File, attachment: Attachment) -> HttpResponse:
    response = FileResponse(file, content_type=_type(attachment))
    response["Content-Length"] = attachment.size
    return response


def _part(file: File, attachment: Attachment, span: range) -> HttpResponse:
    if not span:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{attachment.size}"})
    response = StreamingHttpResponse(_read(file, span), status=206, content_type=_type(attachment))
    response._resource_closers.append(file.close)  # also when the reader goes away before the first byte
    response["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{attachment.size}"
    response["Content-Length"] = len(span)
    return response


def _read(file: File, span: range) -> Iterator[bytes]:
    file.seek(span.start)
    left = len(span)
    while left and (chunk := file.read(min(_CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _type(attachment: Attachment) -> str:
    return "text/plain; charset=utf-8" if attachment.content_type == "text/plain" else attachment.content_type
