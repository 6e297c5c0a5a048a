"""render(): from a template to the bytes of a PDF."""

import atexit
import base64
import logging
import mimetypes
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.kernel import brand
from portal.pdf.pool import POOL, PdfFailed

STATIC = Path(__file__).resolve().parent.parent / "static"
logger = logging.getLogger(__name__)
atexit.register(POOL.close)


def render(template: str, context: dict[str, Any], *, title: str = "", at: datetime | None = None) -> bytes:
    """The PDF of a template that extends pdf/base_form.html or pdf/base_report.html, in the active language.

    `at` is written as the document's date; nothing else in it knows the time, so the same input gives the same bytes.
    Raises PdfFailed with words when limits are passed (PDF_TIMEOUT seconds, PDF_MEMORY_MB) or the layout fails (H10).
    """
    values = {"brand": paper_brand(), "language": get_language() or settings.LANGUAGE_CODE, "title": title, "at": at}
    return render_html(render_to_string(template, {**values, **context}))


def render_html(html: str) -> bytes:
    """The PDF of finished HTML."""
    fonts = Path(getattr(settings, "PDF_FONTS", settings.BASE_DIR / "var" / "fonts"))
    if getattr(settings, "PDF_IN_PROCESS", False):
        try:
            # By name: the layout engine is half of the memory of a process that never needs it.
            pdf, refused = import_string("portal.pdf.layout.press")(STATIC, fonts).pdf(html)
        except (Exception, RecursionError) as error:
            raise _unreadable(error) from error
    else:
        good, note, pdf = POOL.render(
            html,
            static=STATIC,
            fonts=fonts,
            seconds=getattr(settings, "PDF_TIMEOUT", 60),
            megabytes=getattr(settings, "PDF_MEMORY_MB", 512),
        )
        if not good:
            raise _unreadable(note["error"])
        refused = note["refused"]
    if refused:
        logger.warning("A PDF asked for %d addresses from outside; none was fetched", len(refused))
    return pdf


def _unreadable(error: object) -> PdfFailed:
    logger.error("A PDF could not be laid out: %r", str(error)[:300])
    return PdfFailed(_("The document could not be laid out. Please tell the administrator which one it was."))


def data_uri(content: bytes, content_type: str) -> str:
    """A picture as an address that a PDF may load: photos and signatures come in this way."""
    return f"data:{content_type};base64,{base64.b64encode(content).decode()}"


def paper_brand() -> dict[str, Any]:
    """The brand for paper: its logo as an address that the closed fetcher allows."""
    found = brand.values()
    found["logo_url"] = "" if found["logo_is_default"] else _logo(found["logo"])
    return found


@lru_cache(maxsize=4)
def _logo(path: str) -> str:
    file = Path(path) if Path(path).is_absolute() else Path(settings.STATIC_ROOT or STATIC) / path
    if not file.is_file():
        file = STATIC / path
    kind = mimetypes.guess_type(file.name)[0] or "image/png"
    return data_uri(file.read_bytes(), kind) if file.is_file() else ""
