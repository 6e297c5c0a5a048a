from decimal import Decimal

from kpi.choices import Direction
from kpi.rules.metric import FOUR_RATES, METRICS

TARGETS = {
    "response_24h": "1", "response_on_time": "0.95", "resolution_on_time": "0.9", "resolution_rate": "0.95",
    "completion_rate": "0.95", "repair_success": "0.95", "csat": "0.85", "parts_on_time": "0.98",
    "complaint_rate": "0.02", "callback_rate": "1", "progress_discipline": "0.95", "acceptance_on_time": "0.95",
    "answer_rate": None, "audit_authenticity": "1", "arrival_on_time": "0.95", "first_visit_fix": "0.85",
    "repeat_repair": "0.05", "complaint_closure": "1",
}  # fmt: skip


def test_r183_every_figure_has_the_target_of_the_contract():
    assert {code: metric.target for code, metric in METRICS.items()} == {
        code: target and Decimal(target) for code, target in TARGETS.items()
    }


def test_only_rates_of_trouble_are_better_when_low():
    assert {code for code, m in METRICS.items() if m.direction == Direction.AT_MOST} == {
        "complaint_rate",
        "repeat_repair",
    }


def test_the_four_rates_are_figures():
    assert set(FOUR_RATES) <= set(METRICS)
