"""The rules of the knowledge base at their edges (R039, R177)."""

from datetime import date, timedelta

import pytest

from partners.rules import knowledge as rules
from portal.accounts.roles import Role

TODAY = date(2026, 11, 26)


def test_r177_an_article_holds_on_its_review_date_and_not_after():
    assert not rules.is_over(None, TODAY)
    assert not rules.is_over(TODAY, TODAY)
    assert rules.is_over(TODAY - timedelta(days=1), TODAY)
    assert rules.next_review(TODAY) == date(2027, 11, 26)


@pytest.mark.parametrize(
    ("left", "warned_days_ago", "due"),
    [
        (31, None, False),
        (30, None, True),
        (30, 0, False),
        (12, 18, False),
        (7, 23, True),
        (6, 1, False),
        (-1, None, False),
    ],
)
def test_r177_the_owner_is_reminded_at_thirty_and_at_seven_days(left, warned_days_ago, due):
    warned = None if warned_days_ago is None else TODAY - timedelta(days=warned_days_ago)
    assert rules.is_warned_of(TODAY + timedelta(days=left), TODAY, warned) is due


@pytest.mark.parametrize(
    ("text", "good"), [("KB-DC-012", True), ("a/b", False), ("", False), ("-x", False), ("9" * 25, False)]
)
def test_r018_a_number_can_stand_in_an_address(text, good):
    assert rules.is_number(text) is good


def test_r039_roles():
    assert {role for role in Role if rules.may_edit(role)} == {Role.TECHNICAL, Role.BRAND_MANAGER, Role.SYSTEM}
    assert rules.may_contribute(Role.TECHNICIAN)
    assert not rules.may_contribute(Role.AUDITOR)
    assert not rules.may_approve(Role.TECHNICAL)
    assert rules.may_nominate(Role.MARKETING)
    assert not rules.may_review(Role.TECHNICAL, author=7, reader=7)
    assert rules.may_review(Role.TECHNICAL, author=None, reader=7)
