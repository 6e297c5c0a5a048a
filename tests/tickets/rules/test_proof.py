"""The code on a printed record (R035): only the portal can make one, and it says what it stands for."""

import pytest

from tickets.rules.proof import Proof, code, read

SECRET = "a key of the portal"
PROOF = Proof("FW20261122-0001", 3, 17)


def test_what_was_printed_is_read_back():
    assert read(SECRET, code(SECRET, PROOF)) == PROOF


def test_r035_typed_small_and_with_spaces_around_it_is_the_same_code():
    assert read(SECRET, f"  {code(SECRET, PROOF).lower()} ") == PROOF


@pytest.mark.parametrize(
    "forge",
    [
        lambda text: text.replace("-F3-", "-F1-"),
        lambda text: text.replace("-17-", "-18-"),
        lambda text: text.replace("0001", "0002"),
        lambda text: text[:-1] + ("A" if text[-1] != "A" else "B"),
        lambda text: text[:-1],
        lambda text: text + "A",
        lambda text: text.replace("-F3-", "-F5-"),
        lambda text: text.replace("17", "１７"),
        lambda text: "",
        lambda text: "FW20261122-0001",
    ],
)
def test_r035_a_changed_code_is_nobodys(forge):
    assert read(SECRET, forge(code(SECRET, PROOF))) is None


def test_r035_another_portal_made_another_code():
    assert read("another key", code(SECRET, PROOF)) is None
