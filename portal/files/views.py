"""Downloads: nothing is served that was not asked for by somebody who sees the subject (A08, A10)."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.files import access, download, pictures, storage
from portal.files.models import Attachment
from portal.kernel.errors import Conflict
from portal.links.session import actor_for

logger = logging.getLogger(__name__)


@require_safe
def attachment(request: HttpRequest, key: str) -> HttpResponse:
    """The file itself; 404 for strangers, and 409 when the bytes are no longer those that were uploaded."""
    return _guarded(request, find(request, key))


@require_safe
def thumb(request: HttpRequest, key: str) -> HttpResponse:
    """A small JPEG of a picture, made when first asked for."""
    row = find(request, key)
    if not row.content_type.startswith("image/"):
        raise Http404
    content = storage.open_thumb(row.key) or _made(row)
    response = download.with_headers(HttpResponse(content, content_type="image/jpeg"), row)
    response["Content-Disposition"] = "inline"
    return response


def find(request: HttpRequest, key: str) -> Attachment:
    """The attachment, if the signed-in user or the holder of a signed link sees its subject. Raises Http404."""
    row = Attachment.objects.filter(key=key).first()
    if row is None:
        raise Http404
    if access.may_read(request.actor, row) or access.may_read(actor_for(request, row.subject), row):
        return row
    raise Http404


def _guarded(request: HttpRequest, row: Attachment) -> HttpResponse:
    try:
        return download.answer(request, row)
    except FileNotFoundError as error:
        logger.error("attachment %s: the file is gone", row.pk)
        raise Http404 from error
    except download.FileChanged as error:
        logger.error("attachment %s: the file is not what was uploaded", row.pk)
        raise Conflict(_("This file was changed after it was uploaded, so it is not handed out.")) from error


def _made(row: Attachment) -> bytes:
    try:
        with storage.open_file(row.key) as file:
            download.check(file, row)
            content = pictures.thumbnail(file)
    except (FileNotFoundError, download.FileChanged) as error:
        raise Http404 from error
    storage.write_thumb(row.key, content)
    return content
