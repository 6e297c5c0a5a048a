"""Drawing, marking and who may sit (R115, R175)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partners.rules.exam import Sitting, cleaned_answer, draw, is_right, mark, may_sit, question_faults, shortage

NOW = datetime(2026, 11, 26, 4, 0, tzinfo=UTC)


def question(n: int, level: str = "easy", kind: str = "single", right: tuple[int, ...] = (1,)) -> dict:
    return {
        "id": n, "code": f"T{n:03d}", "kind": kind, "text": f"{n}?", "options": ["甲", "乙", "丙", "丁"],
        "right": list(right), "explanation": "", "difficulty": level,
    }  # fmt: skip


BANK = [question(n, level) for n, level in enumerate(["easy"] * 6 + ["medium"] * 4 + ["hard"] * 2)]
QUOTA = {"easy": 3, "medium": 2, "hard": 1}


@given(st.text(min_size=1, max_size=20))
@settings(max_examples=40)
def test_r115_a_seed_draws_the_same_paper_and_keeps_the_quota_and_the_right_texts(seed):
    paper = draw(seed, BANK, QUOTA)
    assert paper == draw(seed, list(reversed(BANK)), QUOTA)
    assert {level: sum(q["difficulty"] == level for q in paper) for level in QUOTA} == QUOTA
    assert len({q["code"] for q in paper}) == 6
    assert all([q["options"][place] for place in q["right"]] == ["乙"] for q in paper)


def test_papers_of_two_seeds_differ():
    assert draw("a", BANK, QUOTA) != draw("b", BANK, QUOTA)


def test_true_and_false_keep_their_order():
    asked = [{**question(1, kind="true_false", right=(0,)), "options": ["对", "错"]}]
    assert all(draw(str(seed), asked, {"easy": 1})[0]["options"] == ["对", "错"] for seed in range(9))


def test_a_bank_that_is_too_small_is_told():
    assert shortage(BANK, {"easy": 3, "hard": 5}) == {"hard": (2, 5)}


@pytest.mark.parametrize(("chosen", "right"), [([1], True), ([0], False), ([], False), ([0, 1], False)])
def test_r115_a_single_choice(chosen, right):
    assert is_right(question(1), chosen) is right


@pytest.mark.parametrize(("chosen", "right"), [([2, 0], True), ([0], False), ([0, 1, 2], False)])
def test_r115_a_multiple_choice_is_all_or_nothing(chosen, right):
    assert is_right(question(1, kind="multiple", right=(0, 2)), chosen) is right


@pytest.mark.parametrize(("chosen", "kept"), [([4], None), ([-1], None), ([0, 1], None), ([2], [2]), ([], [])])
def test_an_impossible_answer_is_none(chosen, kept):
    assert cleaned_answer(question(1), chosen) == kept


@pytest.mark.parametrize(("right", "passed", "percent"), [(8, True, 80), (7, False, 70), (10, True, 100)])
def test_r175_the_pass_mark_is_reached_exactly(right, passed, percent):
    sheet = [question(n) for n in range(10)]
    result = mark(sheet, {str(n): [1] for n in range(right)}, 80)
    assert (result.passed, result.percent, result.right) == (passed, percent, right)


def test_nobody_passes_by_rounding():
    sheet = [question(n) for n in range(3)]
    result = mark(sheet, {"0": [1], "1": [1]}, 67)
    assert (result.percent, result.passed) == (66, False)


def sitting(**changes) -> Sitting:
    values = {"needs_attendance": True, "attended": True, "certified_until": None, "failed": []}
    return Sitting(**{**values, **changes})


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"attended": False}, "先参加"),
        ({"failed": [NOW - timedelta(hours=23)]}, "之后"),
        ({"failed": [NOW - timedelta(days=n) for n in (9, 8, 7)]}, "3"),
        ({"certified_until": date(2027, 2, 25)}, "2026-11-27"),
    ],
)
def test_r115_why_somebody_may_not_sit(changes, word):
    verdict = may_sit(sitting(**changes), 3, 24, NOW)
    assert not verdict
    assert word in str(verdict.reason)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"attended": False, "needs_attendance": False},
        {"failed": [NOW - timedelta(hours=24)]},
        {"certified_until": date(2027, 2, 24)},
    ],
)
def test_r115_who_may_sit(changes):
    assert may_sit(sitting(**changes), 3, 24, NOW)


@pytest.mark.parametrize(
    ("kind", "options", "right", "field"),
    [
        ("single", ["甲"], [1], "options"),
        ("single", ["甲", "甲"], [1], "options"),
        ("single", ["甲", "乙"], [1, 2], "right"),
        ("single", ["甲", "乙"], [3], "right"),
        ("multiple", ["甲", "乙"], [1], "right"),
        ("true_false", ["对", "错", "也许"], [1], "options"),
        ("true_false", ["对", "错"], [], "right"),
    ],
)
def test_a_question_that_cannot_be(kind, options, right, field):
    assert list(question_faults(kind, options, right)) == [field]


def test_a_question_that_can_be():
    assert not question_faults("multiple", ["甲", "乙", "丙"], [1, 3])
