"""The closing lines of `make test` tell the truth."""

import runpy

import pytest

from tests.house.tree import ROOT

XML = '<testsuites><testsuite tests="{}" failures="{}" errors="{}" skipped="{}"/></testsuites>'


@pytest.fixture
def close(tmp_path, capsys):
    def run(parts: list[tuple[str, int]], **suites: tuple[int, int, int, int]) -> tuple[int, str]:
        (tmp_path / "parts.tsv").write_text("".join(f"{name}\t{code}\t30\n" for name, code in parts))
        for name, numbers in suites.items():
            (tmp_path / f"{name}.xml").write_text(XML.format(*numbers))
        code = runpy.run_path(str(ROOT / ".ci" / "summary.py"))["main"](tmp_path)
        return code, capsys.readouterr().out.strip().splitlines()[-1].strip("= ")

    return run


def test_all_well(close):
    code, line = close([("types", 0), ("tests on SQLite", 0)], sqlite=(10, 0, 0, 1), postgresql=(10, 0, 0, 0))
    assert (code, line) == (0, "19 passed, 1 skipped in 60.00s (1:00)")


def test_a_failed_test(close):
    code, line = close([("tests on SQLite", 1)], sqlite=(10, 2, 0, 1))
    assert (code, line) == (1, "2 failed, 7 passed, 1 skipped in 30.00s (0:30)")


def test_a_failed_lint_is_an_error_in_the_line(close):
    code, line = close([("types", 1), ("tests on SQLite", 0)], sqlite=(10, 0, 0, 0))
    assert (code, line) == (1, "10 passed, 1 error in 60.00s (1:00)")


def test_a_run_that_died_without_counts(close):
    code, line = close([("tests on SQLite", 0), ("tests on PostgreSQL", 3)], sqlite=(10, 0, 0, 0))
    assert (code, line) == (1, "10 passed, 1 error in 60.00s (1:00)")
