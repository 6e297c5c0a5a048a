"""When work may be called done, and what it costs (R134–R136, R189)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from tickets.rules.completing import charge, may_complete

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
PART = {"part_number": "FU-30", "quantity": 2, "unit_price": "12.50", "certified": True, "in_warranty": False}


def asked(**change):
    facts = {"inspection_passed": True, "explained": True, "parts": [PART], "begin": BEGIN, "end": BEGIN, "now": BEGIN}
    with translation.override("en"):
        return may_complete(**{**facts, **change})


def test_a_whole_sheet_may_be_sent_even_when_it_took_no_time():
    assert asked()
    assert asked(parts=[])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"inspection_passed": False}, "quality inspection has not passed"),
        ({"explained": False}, "Explain the repair"),
        ({"end": BEGIN - timedelta(seconds=1)}, "cannot end before it begins"),
        ({"end": BEGIN + timedelta(seconds=1)}, "has not come yet"),
        ({"parts": [PART, {**PART, "part_number": "X-1", "certified": False}]}, "Part X-1 is not company-certified"),
    ],
)
def test_r134_r136_what_is_missing_is_said(change, reason):
    verdict = asked(**change)
    assert not verdict
    assert reason in verdict.reason


def test_r135_the_inspection_is_asked_for_first():
    assert "inspection" in asked(inspection_passed=False, explained=False).reason


@pytest.mark.parametrize(
    ("labour", "parts", "yuan"),
    [
        ("0", [], "0.00"),
        ("100", [PART], "125.00"),
        ("0", [{**PART, "in_warranty": True}], "0.00"),
        ("80.5", [PART, {**PART, "quantity": 1, "unit_price": Decimal("0.99")}], "106.49"),
        ("0", [{"quantity": 3, "unit_price": "9"}], "0.00"),  # nobody said that it is outside warranty
    ],
)
def test_r189_parts_outside_warranty_are_paid_at_cost(labour, parts, yuan):
    assert str(charge(Decimal(labour), parts)) == yuan
