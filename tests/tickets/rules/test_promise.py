"""What the welcome page promises is what the policy holds (R199–R202)."""

from dataclasses import replace

from django.utils import translation

from tickets.choices import Category
from tickets.rules.promise import promises
from tickets.rules.sla_policy import DEFAULT_POLICY


def said(policy=DEFAULT_POLICY):
    with translation.override("en"):
        return [(row.response, row.resolution) for row in promises(policy)]


def test_r199_r202_each_category_has_its_two_limits():
    assert [str(row.label) for row in promises()] == [
        str(category.label) for category in Category if category != Category.MAINTENANCE
    ]
    assert said() == [
        ("30 minutes", "24 hours"),
        ("2 hours", "72 hours"),
        ("4 hours", "48 hours"),
        ("1 working day", "5 working days"),
    ]


def test_a_policy_without_a_line_promises_nothing():
    silent = replace(DEFAULT_POLICY, lines=tuple(li for li in DEFAULT_POLICY.lines if li.kind != "response"))
    assert {response for response, _resolution in said(silent)} == {"—"}
