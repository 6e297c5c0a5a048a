"""`recompute_clocks` and `simulate_clocks` as people script against them (spec/interfaces.md)."""

import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from tests.tickets.stages import Stage
from tickets.choices import TicketState
from tickets.models import SlaClock, Ticket
from tickets.rules.simulation import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    """Reasons in the words of the source."""
    with translation.override("en"):
        yield


COMPLAINT = {
    "category": "complaint",
    "channel": "portal",
    "tier": "basic",
    "received_at": "2026-09-30T10:00:00+08:00",
    "events": [{"verb": "contact", "at": "2026-10-02T10:00:00+08:00", "outward": True, "channel": "phone"}],
    "now": "2026-10-08T10:00:00+08:00",
}


def run(name, *arguments):
    out, err, code = io.StringIO(), io.StringIO(), 0
    try:
        call_command(name, *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue(), err.getvalue()


def simulate(tmp_path, *lines, options=()):
    path = tmp_path / "told.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), "utf-8")
    code, out, err = run("simulate_clocks", path, *options)
    return code, [json.loads(line) for line in out.splitlines()], err


def test_a_told_ticket_is_answered_by_its_clocks_and_the_walk_to_each_due_time(tmp_path):
    code, (answer,), _ = simulate(tmp_path, COMPLAINT)
    assert code == 0
    clocks = {(clock["kind"], clock["clause"]): clock for clock in answer["clocks"]}
    resolution = clocks["resolution", "R202"]
    assert (resolution["due_at"], resolution["state"]) == ("2026-10-13T18:00:00+08:00", "running")
    assert (resolution["started_at"], resolution["stopped_at"]) == ("2026-09-30T10:00:00+08:00", None)
    assert (resolution["original_due_at"], resolution["paused_s"]) == (resolution["due_at"], 0)
    assert resolution["rule"] == "resolution:complaint:R202"
    assert clocks["response", "R010"]["state"] == "breached"
    assert clocks["response", "R202"]["state"] == "met"
    walk = [step["day"] for step in answer["steps"] if step["kind"] == "resolution" and step["step"] == "working_day"]
    assert walk == ["2026-10-08", "2026-10-09", "2026-10-10", "2026-10-12", "2026-10-13"]


def test_a_pause_and_moments_of_the_wall_in_shanghai(tmp_path):
    events = [{"verb": "suspend", "at": "2026-10-09T12:00", "facts": {"reason": "customer"}}]
    said = {"category": "fault", "received_at": "2026-10-09T10:00", "events": events, "now": "2026-10-09T15:00"}
    _, (answer,), _ = simulate(tmp_path, said)
    (paused,) = (clock for clock in answer["clocks"] if clock["kind"] == "resolution")
    assert (paused["state"], paused["paused_s"], paused["elapsed_s"]) == ("paused", 3 * 3600, 5 * 3600)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("{", "no JSON"),
        ("[]", "A line is an object"),
        ({"category": "urgent"}, "category: “urgent” is not one of emergency"),
        ({"received_at": "yesterday"}, "received_at: “yesterday” is no moment"),
        ({"now": None}, "now is missing"),
        ({"now": "2026-01-01"}, "“now” lies before"),
        ({"region": 7}, "region: write it as text"),
        ({"events": {}}, "a list of objects"),
        ({"events": ["confirm"]}, "events, number 1: an event is an object"),
        ({"events": [{"verb": "confirm", "at": "soon"}]}, "events, number 1: at: “soon” is no moment"),
        ({"events": [{"verb": "note", "at": "2026-10-01", "facts": 1}]}, "events, number 1: facts"),
        ({"partner": "NOBODY"}, "there is no partner NOBODY"),
    ],
)
def test_a_bad_line_is_named_with_its_number_and_reason_and_the_others_are_answered(tmp_path, change, reason):
    bad = change if isinstance(change, str) else {**COMPLAINT, **change}
    code, (first, second), err = simulate(tmp_path, COMPLAINT, bad)
    assert code == 1
    assert "clocks" in first
    assert second["line"] == 2
    assert reason in second["error"]
    assert f"line 2: {second['error']}" in err


def test_wrong_use_of_the_simulation(tmp_path):
    for arguments in ([tmp_path / "none.jsonl"], [tmp_path], [__file__, "--policy", 99]):
        with pytest.raises(CommandError) as refused:
            run("simulate_clocks", *arguments)
        assert refused.value.returncode == 2


def test_rule_02_a_simulation_changes_nothing(tmp_path, django_assert_num_queries):
    Stage().ticket_in(TicketState.ACCEPTED)
    before = list(SlaClock.objects.values())
    simulate(tmp_path, *[COMPLAINT] * 3, options=["--json"])
    assert list(SlaClock.objects.values()) == before
    assert told(json.dumps(COMPLAINT)).case.tier == "basic"


def test_the_check_says_no_by_its_exit_code_and_the_other_mends():
    ticket = Stage().ticket_in(TicketState.ACCEPTED)
    assert run("recompute_clocks", "--check")[0] == 0
    row = ticket.clocks.leading().get(kind="response")
    SlaClock.objects.filter(pk=row.pk).update(due_at=row.due_at + timedelta(hours=9))
    code, out, _ = run("recompute_clocks", "--check", "--json")
    report = json.loads(out)
    assert (code, report["wrong_tickets"], report["check"]) == (1, 1, True)
    (wrong,) = report["differences"]
    assert (wrong["ticket"], wrong["column"], wrong["computed"]) == (ticket.number, "due_at", row.due_at.isoformat())
    code, out, _ = run("recompute_clocks", "--ticket", ticket.number)
    assert (code, "1 tickets differed" in out) == (0, True)
    assert run("recompute_clocks", "--check")[0] == 0
    with pytest.raises(CommandError) as refused:
        run("recompute_clocks", "--ticket", "XX")
    assert refused.value.returncode == 2
    assert Ticket.objects.count() == 1
