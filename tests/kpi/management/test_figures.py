import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.kernel import clock
from tests.kpi.cohort import DAY, add, at, rate

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(at("2026-11-22 12:00")):
        yield


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("figures", *arguments, stdout=out)
    return out.getvalue()


def answer(*arguments: str) -> dict:
    return json.loads(run(*arguments, "--json"))


def test_the_shape_that_machines_rely_on(side_a):
    for _ in range(6):
        rate(add(side_a, response_ms=DAY, resolution_ms=2 * DAY, completed=True), side_a, 4)
    found = answer("2026Q3", "--partner", side_a.partner.code)
    assert found["quarter"] == "2026Q3"
    assert found["scope"] == {"kind": "partner", "code": side_a.partner.code, "name": side_a.partner.name}
    assert found["figures"]["response_24h"] == {
        "numerator": 6, "denominator": 6, "value": 1.0, "target": 1.0, "met": True
    }  # fmt: skip
    assert found["figures"]["parts_on_time"]["value"] is None
    assert found["distributions"]["resolution_hours"] == {
        "n": 6, "median": 48.0, "p90": 48.0, "within_24h": 0, "within_48h": 6, "within_72h": 6
    }  # fmt: skip
    assert found["mean_score"] == 4.0


def test_a_span_of_days_in_place_of_a_quarter(side_a, customer):
    add(side_a, "2026-08-31 23:59", customer=customer)
    add(side_a, "2026-09-01 00:00", customer=customer)
    found = answer("--from", "2026-08-01", "--to", "2026-08-31", "--customer", customer.code)
    assert (found["quarter"], found["tickets"], found["from"]) == (None, 1, "2026-08-01")


def test_divided_by_channel(side_a):
    add(side_a, channel="phone")
    add(side_a, channel="app")
    add(side_a, channel="app")
    groups = answer("2026Q3", "--by", "channel")["by"]["channel"]
    assert [(group["key"], group["tickets"]) for group in groups] == [("app", 2), ("phone", 1)]


def test_as_known_on_a_day(side_a):
    done = {"completed": True, "dispatched": True, "ticket__completed_at": at("2026-11-01 09:00")}
    add(side_a, **done)
    assert answer("2026Q3")["figures"]["completion_rate"]["numerator"] == 0
    assert answer("2026Q3", "--as-of", "now")["figures"]["completion_rate"]["numerator"] == 1
    assert answer("2026Q3", "--as-of", "2026-11-01")["figures"]["completion_rate"]["numerator"] == 1


def test_people_read_a_table(side_a):
    add(side_a, channel="phone", response_ms=1)
    text = run("2026Q3", "--brand", "--by", "channel")
    assert "100.0%" in text
    assert "1 / 1" in text


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("2026Q5",), ("2026Q3", "--from", "2026-01-01"), ("--from", "2026-01-01"), ("2026Q3", "--partner", "X"),
        ("2026Q3", "--customer", "NOBODY"), ("--from", "yesterday", "--to", "2026-01-01"),
        ("--from", "2026-02-01", "--to", "2026-01-01"), ("2026Q3", "--as-of", "then"),
    ],
)  # fmt: skip
def test_wrong_use_is_told_in_words_with_code_2(arguments):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert refused.value.returncode == 2
    assert len(str(refused.value)) > 8


def test_the_command_line_itself_refuses_two_scopes(side_a):
    with pytest.raises(CommandError):
        run("2026Q3", "--brand", "--partner", side_a.partner.code)
