"""A control for photos from a telephone's camera or album."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.files.limits import LIMITS, MB
from portal.files.models import AttachmentKind
from portal.files.store import check
from portal.kernel.errors import InvalidInput
from portal.webkit.widgets import ManyFilesField

MOST_PHOTOS = 9


class PhotosField(ManyFilesField):
    """Several photos; each is looked at while the form is checked, so that a refusal stands at the field (E01)."""

    def __init__(self, **kwargs: Any) -> None:
        limit = LIMITS[AttachmentKind.PHOTO].size // MB
        kwargs.setdefault("label", _("Photos"))
        kwargs.setdefault("required", False)
        kwargs.setdefault("max_mb", limit)
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = "image/*"
        self.most = MOST_PHOTOS

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = super().clean(data, initial)
        problems = [words for words in map(_problem, files) if words]
        if len(files) > MOST_PHOTOS:
            problems.insert(0, str(_("At most %d photos at a time.") % MOST_PHOTOS))
        if problems:
            raise ValidationError(problems)
        return files


def _problem(upload: Any) -> str:
    try:
        check(upload, AttachmentKind.PHOTO)
    except InvalidInput as error:
        return str(error)
    return ""
