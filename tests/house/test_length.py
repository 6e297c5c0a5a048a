"""Figures of calm code (house.md): median file under 100 lines, nine in ten under 250, none over 400."""

from statistics import median, quantiles

import pytest

from tests.house.tree import python_files, short

LONGEST = 400
AIM = 300
#: Between the aim and the limit a file must be known here, with the reason.
LONG_AND_KNOWN: dict[str, str] = {
    "portal/settings.py": "one place for every setting",
}


def lengths() -> dict[str, int]:
    files = (*python_files(), *python_files("tests"))
    return {short(path): path.read_text(encoding="utf-8").count("\n") for path in files}


def too_long(sizes: dict[str, int]) -> list[str]:
    """Tables of cases may make a test file long, the limit is the same."""
    excused = {name for name in sizes if name in LONG_AND_KNOWN or name.startswith("tests/")}
    return [f"{name}: {n}" for name, n in sizes.items() if n > LONGEST or (n > AIM and name not in excused)]


def test_the_check_sees_a_long_file():
    sizes = {"a.py": 401, "b.py": 301, "portal/settings.py": 399, "c.py": 300, "tests/d.py": 399, "tests/e.py": 401}
    assert too_long(sizes) == ["a.py: 401", "b.py: 301", "tests/e.py: 401"]


def test_no_file_is_too_long():
    assert not too_long(lengths()), "split by subject: " + ", ".join(too_long(lengths()))


@pytest.mark.parametrize(("share", "limit"), [(50, 100), (90, 250)])
def test_most_files_are_short(share, limit):
    sizes = [n for name, n in lengths().items() if n and not name.startswith("tests/")]
    reached = median(sizes) if share == 50 else quantiles(sizes, n=100)[share - 1]
    assert reached <= limit
