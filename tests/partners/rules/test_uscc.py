"""The check character of unified social credit codes (R184)."""

import pytest
from stdnum.cn.uscc import calc_check_digit

from partners.rules import uscc
from tests.factories import credit_code

RIGHT = "91310000MA1000001" + calc_check_digit("91310000MA1000001")


@pytest.mark.parametrize("code", ["91110000600037341L", RIGHT, RIGHT.lower(), f" {RIGHT[:8]} {RIGHT[8:]} "])
def test_right_codes(code):
    assert uscc.check(code)


def test_spaces_and_dashes_are_dropped():
    assert uscc.clean("9111 0000-6000 37341l") == "91110000600037341L"


@pytest.mark.parametrize("position", range(18))
def test_one_mistyped_character_is_seen(position):
    code = "91110000600037341L"
    wrong = code[:position] + ("1" if code[position] != "1" else "2") + code[position + 1 :]
    assert not uscc.check(wrong)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("9111000060003734", "16"),
        ("91110000600037341A", "check character"),
        ("9111000O600037341L", "without I, O"),
        ("９１１１００００６０００３７３４１Z", "without I, O"),
        ("", "18 characters"),
    ],
)
def test_the_refusal_says_what_is_wrong(code, words, settings):
    settings.LANGUAGE_CODE = "en"
    assert words in str(uscc.check(code).reason)


@pytest.mark.parametrize("n", [0, 1, 77, 123_456])
def test_codes_of_the_tests_are_right(n):
    assert uscc.check(credit_code(n))
