"""The editor of one wording."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.kernel.named_fields import NamesItsFields
from portal.notify import texts, wording
from portal.notify.models import NoticeText
from portal.notify.types import NoticeType


class TextForm(NamesItsFields, forms.Form):
    """Title and text of a kind in a language; what cannot be taken is said beside the field (B15)."""

    title = forms.CharField(label=_("Title"), max_length=wording.LONGEST_TITLE)
    body = forms.CharField(
        label=_("Text"), max_length=wording.LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 9}), strip=True
    )

    def __init__(self, data: Any = None, *, kind: NoticeType, language: str) -> None:
        title, body = texts.current(kind, language)
        super().__init__(data, initial={"title": title, "body": body})
        self.kind, self.language = kind, language

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if "title" in values and "body" in values:
            for name, reason in texts.problems(self.kind, values["title"], values["body"]).items():
                self.add_error(name, reason)
        return values

    def save(self, actor: Actor) -> NoticeText:
        return texts.change(actor, self.kind.code, self.language, self.cleaned_data["title"], self.cleaned_data["body"])
