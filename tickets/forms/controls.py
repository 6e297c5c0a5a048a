"""Controls that the steps of the partner share: photos from the camera, moments on the wall clock, long texts."""

from typing import Any

from django import forms

from portal.kernel import clock
from portal.webkit.photos import MOST_PHOTOS, PhotosField

__all__ = ["LONGEST", "MOST_PHOTOS", "PhotosField", "long_text", "moment_field", "to_the_minute"]

#: What fits a screen and a reader; a log belongs into an attachment.
LONGEST = 2000


def moment_field(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """Date and time as the telephone's own picker gives them, Asia/Shanghai."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **kwargs)


def long_text(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A text of several lines; longer ones belong into a file."""
    kwargs.setdefault("max_length", LONGEST)
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def to_the_minute(moment: Any) -> Any:
    """Without seconds, which no picker shows; in the zone of the wall clock."""
    return clock.local(moment).replace(second=0, microsecond=0)
