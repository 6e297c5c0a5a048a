"""What each standing allows (R016, R033)."""

import pytest

from partners.choices import Standing
from partners.rules.standing import CHOSEN_AUTOMATICALLY, GETS_NEW, LET_IN, SHUT_OUT, TABLE, may_get, may_work


def test_every_standing_stands_in_the_table():
    assert set(TABLE) == set(Standing.values)


@pytest.mark.parametrize(
    ("standing", "new", "automatic", "works", "pages"),
    [
        ("active", True, True, True, True),
        ("warned", True, True, True, True),
        ("scope_reduced", True, False, True, True),
        ("suspended", False, False, True, True),
        ("terminated", False, False, False, False),
    ],
)
def test_r033_the_table(standing, new, automatic, works, pages):
    assert (standing in GETS_NEW, standing in CHOSEN_AUTOMATICALLY) == (new, automatic)
    assert (bool(may_get(standing, "甲")), bool(may_work(standing))) == (new, works)
    assert (standing in LET_IN, standing in SHUT_OUT) == (pages, not pages)


def test_the_reason_names_partner_and_standing():
    reason = str(may_get("suspended", "东海汽车").reason)
    assert "东海汽车" in reason
    assert str(Standing.SUSPENDED.label) in reason
