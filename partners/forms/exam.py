"""The form of a question: options one a line, the right ones by their places (R115)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from partners.models import Question
from portal.kernel.named_fields import NamesItsFields


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]


class PlacesField(forms.CharField):
    """Places from 1, divided by commas."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return "、".join(map(str, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        parts = (value or "").replace("、", ",").replace("，", ",").replace(" ", ",").split(",")
        words = [part.strip() for part in parts if part.strip()]
        if not all(word.isascii() and word.isdigit() and len(word) < 3 for word in words):
            raise forms.ValidationError(_("Name the right options by their places, such as 1 or 1、3."))
        return sorted({int(word) for word in words})


class QuestionForm(NamesItsFields, forms.ModelForm):
    """One question of the bank."""

    options = LinesField(label=_("Options"), help_text=_("One a line; they are mixed anew on every paper."))
    right = PlacesField(label=_("Right options"), help_text=_("Their places in the list above, such as 1 or 1、3."))

    class Meta:
        model = Question
        fields = (
            "code",
            "kind",
            "text",
            "options",
            "right",
            "explanation",
            "product_line",
            "difficulty",
            "active",
        )
