"""What an authorisation covers (R008, R033)."""

from datetime import date

import pytest

from partners.rules.authorisation import covers, tiers_up_to

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_r008_who_may_serve_a_tier_may_serve_the_simpler_ones():
    assert tiers_up_to("advanced") == ["basic", "advanced"]
    assert tiers_up_to("basic") == ["basic"]


@pytest.mark.parametrize(
    ("area", "tier", "day", "covered"),
    [
        ("上海市", "basic", FIRST, True),
        ("上海市", "advanced", LAST, True),
        ("上海市", "customised", LAST, False),
        ("江苏省", "basic", FIRST, False),
        ("", "basic", FIRST, True),
        ("上海市", "basic", date(2025, 12, 31), False),
        ("上海市", "basic", date(2027, 1, 1), False),
    ],
)
def test_r033_area_tier_and_days(area, tier, day, covered):
    assert covers(("上海市", "advanced", FIRST, LAST), area, tier, day) is covered


def test_empty_means_every_one():
    assert covers(("", "", FIRST, LAST), "江苏省", "customised", FIRST)
