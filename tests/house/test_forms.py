"""Every form of ours names the field that was left empty, with the remedy, in both languages (house rule 7)."""

import pytest
from django import forms
from django.contrib import admin
from django.urls import get_resolver
from django.utils import translation

from portal.kernel.named_fields import NamesItsFields
from tests.house.tree import PACKAGES


class Sample(NamesItsFields, forms.Form):
    phone = forms.CharField(label="Telephone")
    kind = forms.ChoiceField(label="kind", choices=[("a", "A")])
    agreed = forms.BooleanField(label="Agreed")
    paper = forms.FileField(label="Paper")
    own = forms.CharField(error_messages={"required": "Say why."})
    free = forms.CharField(required=False)


def kinds(base: type = forms.BaseForm) -> set[type]:
    return {base, *(kind for below in base.__subclasses__() for kind in kinds(below))}


def test_no_form_of_ours_speaks_djangos_stock_sentence():
    assert get_resolver().url_patterns  # every entry point is read
    ours = {kind for kind in kinds() if kind.__module__.split(".")[0] in PACKAGES}
    assert len(ours) > 100
    assert not {kind for kind in ours if not issubclass(kind, NamesItsFields)}


def test_no_page_of_the_admin_does():
    pages = [*admin.site._registry.values()]
    pages += [inline for page in pages for inline in page.inlines]
    assert not [page for page in pages if not issubclass(page.form, NamesItsFields)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            {
                "phone": "Fill in “Telephone”.",
                "kind": "Choose something for “Kind”.",
                "agreed": "Tick “Agreed” to go on.",
                "paper": "Choose a file for “Paper”.",
                "own": "Say why.",
            },
        ),
        (
            "zh-hans",
            {
                "phone": "请填写“Telephone”。",
                "kind": "请选择“Kind”。",
                "agreed": "请勾选“Agreed”后继续。",
                "paper": "请为“Paper”选择文件。",
                "own": "Say why.",
            },
        ),
    ],
)
def test_what_is_left_empty_is_named(language, words):
    with translation.override(language):
        assert {name: found[0] for name, found in Sample({}).errors.items()} == words
