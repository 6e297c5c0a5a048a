"""Lists are strung together as the language does it."""

import re

import pytest
from django.utils import translation

from portal.kernel.words import joined
from tests.house.tree import ROOT, python_files, walk

#: Where 、 stands for itself: cells of sheets and fields in which people type it, whatever their language.
TYPED = re.compile(r"(exchange|resources|demo|migrations)/|forms/exam\.py|models/knowledge\.py")


@pytest.mark.parametrize(("language", "words"), [("en", "A, B, 3"), ("zh-hans", "A、B、3")])
def test_the_comma_is_the_languages(language, words):
    with translation.override(language):
        assert joined(["A", "B", 3]) == words
        assert joined([]) == ""


def test_nobody_strings_lists_together_with_a_chinese_comma_alone():
    found = [
        str(path.relative_to(ROOT))
        for path in [*python_files(), *walk(ROOT / "templates")]
        if re.search(r'"、"\.join|join\("、"|join:"、"|%}、{%', path.read_text(encoding="utf-8"))
        and not TYPED.search(str(path.relative_to(ROOT)))
    ]
    assert not found
