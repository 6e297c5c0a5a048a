"""Pairs, snippets, likeness: the pure parts of the search."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.textsearch.likeness import likeness, telling, weights
from portal.textsearch.pairs import pairs_of, stored, terms_of
from portal.textsearch.snippets import marked, snippet

TEXT = st.text(st.sampled_from("充电枪无法启动<>&\"' E12ｅ"), max_size=30)


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("充电枪  无法启动", ["充电枪", "无法启动"]),
        ("Ｅ12，报警？", ["e12,报警"]),
        ("“黑屏” 黑屏", ["黑屏"]),
        (" ，。!", []),
        ("枪", ["枪"]),
    ],
)
def test_terms(query, terms):
    assert terms_of(query) == terms


@settings(max_examples=60)
@given(TEXT, st.integers(0, 20), st.integers(2, 8))
def test_a_piece_of_a_text_has_only_pairs_that_the_text_has(text, start, length):
    low = " ".join(text.split())
    assert set(stored(low[start : start + length]).split()) <= set(stored(low).split())


@settings(max_examples=60)
@given(TEXT, TEXT)
def test_d01_marking_adds_marks_and_nothing_else(text, query):
    html = marked(text, terms_of(query))
    bare = html.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert ">" not in bare
    for sign, written in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        bare = bare.replace(sign, written)
    assert bare == text


def test_a_snippet_shows_the_hit_and_its_neighbourhood():
    text = "前" * 200 + "充电枪头发黑" + "后" * 200
    shown = snippet(text, ["枪头"])
    assert "<mark>枪头</mark>" in shown
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert len(shown) < 150
    assert snippet("短文", ["没有"]) == "短文"


def test_scattered_words_are_marked_in_their_pairs():
    assert marked("充满电后中断", ["中断电"]) == "充满电后<mark>中断</mark>"


def test_rare_pairs_tell_most():
    known = {"充电": 2000, "枪线": 12, "护套": 3, "量子": 0}
    assert telling(known, budget=20) == ["护套", "枪线"]
    assert telling({"充电": 2000}, budget=20) == ["充电"]
    assert telling({"量子": 0}) == []
    worth = weights(known)
    assert worth["护套"] > worth["枪线"] > worth["充电"] > 0
    assert likeness(worth, set(pairs_of("护套枪线充电"))) == pytest.approx(1)
    assert likeness(worth, {"充电"}) < 0.1
    assert likeness({}, {"充电"}) == 0
