from decimal import Decimal

import pytest

from kpi.choices import Outcome
from kpi.rules.figure import figure, percent
from kpi.rules.metric import METRICS

RESPONSE, COMPLAINTS, ANSWERS = METRICS["response_on_time"], METRICS["complaint_rate"], METRICS["answer_rate"]


def test_an_empty_denominator_is_no_data():
    found = figure(RESPONSE, 0, 0)
    assert (found.value, found.met, found.outcome, found.percent) == (None, None, Outcome.NO_DATA, "—")


def test_nothing_counted_is_no_data():
    assert figure(RESPONSE, None, None).denominator == 0


@pytest.mark.parametrize(("numerator", "outcome"), [(95, Outcome.MET), (94, Outcome.MISSED), (100, Outcome.MET)])
def test_the_target_itself_is_met(numerator, outcome):
    assert figure(RESPONSE, numerator, 100).outcome == outcome


@pytest.mark.parametrize(("numerator", "met"), [(2, True), (3, False), (0, True)])
def test_complaints_are_better_when_few(numerator, met):
    assert figure(COMPLAINTS, numerator, 100).met is met


def test_rounding_never_decides():
    # 0.9499999… is shown as 95.0 % and is missed all the same.
    found = figure(RESPONSE, 9_499_999, 10_000_000)
    assert (found.percent, found.met) == ("95.0%", False)


@pytest.mark.parametrize(("n", "met"), [(4, None), (5, True)])
def test_below_the_minimum_sample_nothing_is_judged(n, met):
    found = figure(RESPONSE, n, n)
    assert (found.met, found.value) == (met, Decimal(1))
    assert found.outcome == (Outcome.MET if met else Outcome.TOO_FEW)


def test_without_a_target_there_is_no_verdict():
    found = figure(ANSWERS, 9, 10)
    assert (found.met, found.outcome, found.goal) == (None, Outcome.NO_TARGET, "—")


def test_the_goal_says_which_side_is_good():
    assert (figure(RESPONSE, 1, 1).goal, figure(COMPLAINTS, 1, 1).goal) == ("≥ 95%", "≤ 2%")


def test_the_shape_for_machines():
    assert figure(RESPONSE, 1, 3).as_dict() == {
        "numerator": 1, "denominator": 3, "value": 0.333333, "target": 0.95, "met": None
    }  # fmt: skip


def test_a_percentage_keeps_its_decimals():
    assert (percent(Decimal("0.98765"), 2), percent(None)) == ("98.76%", "—")
