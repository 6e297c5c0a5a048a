"""Regions that can be chosen."""

from partners.rules.region import PROVINCES, merged


def test_all_provinces_once():
    assert len(PROVINCES) == len(set(PROVINCES)) == 34


def test_other_regions_follow_the_provinces_once():
    assert set(merged(["华东", "上海市", "", "华北"])[34:]) == {"华东", "华北"}
