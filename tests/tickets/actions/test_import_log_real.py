"""Both real logs, when they are at hand: counts, and the 311 figures against reference.json to 6 decimals (R057)."""

import json
import tomllib
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from statistics import median

import pytest

from portal.journal.verify import verify
from portal.kernel.quarter import Quarter
from tests.conftest import shared_data
from tickets.actions.import_log import import_log
from tickets.models import Ticket, TicketFact
from tickets.rules.log_mapping import parse

EXAMPLES = Path(__file__).resolve().parents[3] / "docs" / "examples"
HOUR_MS = 3_600_000
FREEZE = timedelta(days=15)


def take(name, data):
    return import_log(shared_data(data), parse((EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")))


def p90(values):
    """Linear interpolation between order statistics."""
    values = sorted(values)
    place = 0.9 * (len(values) - 1)
    low = int(place)
    high = min(low + 1, len(values) - 1)
    return values[low] + (values[high] - values[low]) * (place - low)


def resolution(facts):
    """The figures of reference.json from fact rows."""
    hours = [fact.resolution_ms / HOUR_MS for fact in facts if fact.resolution_ms is not None]
    found = {"n_all": len(facts), "n_valid": len(hours), "n_missing": len(facts) - len(hours), "n_negative": 0}
    if hours:
        found |= {"median_h": median(hours), "p90_h": p90(hours), "mean_h": sum(hours) / len(hours)}
        found |= {"min_h": min(hours), "max_h": max(hours)}
    for limit in (24, 48, 72):
        within = sum(value <= limit for value in hours)
        found |= {f"within_{limit}h": within, f"within_{limit}h_of_all": within / len(facts)}
        found |= {f"within_{limit}h_of_valid": within / len(hours) if hours else None}
    return found


def compared(facts, expected):
    """What differs from the reference, to 6 decimals."""
    found = resolution(facts)
    return {
        key: (value, expected[key]) for key, value in found.items() if key in expected and differs(value, expected[key])
    }


def differs(value, expected):
    return value != expected if expected is None or value is None else abs(value - expected) > 5.1e-7


@pytest.mark.django_db
def test_the_311_log_agrees_with_its_reference():
    reference = json.loads(shared_data("service_requests_311/reference.json").read_text(encoding="utf-8"))
    summary = take("service_requests_311", "service_requests_311/311_sample.csv")
    assert (summary.rows, summary.tickets, summary.refused, summary.unplaced) == (10_000, 10_000, [], {})
    assert Ticket.objects.filter(state="cancelled", cancel_reason="duplicate").count() == reference["duplicates"] == 217
    expected = reference["no_duplicates"]
    facts = list(TicketFact.objects.filter(counted=True).select_related("partner", "ticket"))
    assert compared(facts, expected["resolution"]) == {}
    check_groups(facts, expected)
    check_on_time(facts, expected)
    categories = defaultdict(int)
    for fact in facts:
        categories[fact.category] += 1
    assert categories == expected["portal_category_counts"]
    again = take("service_requests_311", "service_requests_311/311_sample.csv")
    assert (again.created, again.extended, again.unchanged, again.entries) == (0, 0, 10_000, 0)


def check_groups(facts, expected):
    channels = tomllib.loads((EXAMPLES / "service_requests_311.toml").read_text(encoding="utf-8"))["values"]["channel"]
    groups = defaultdict(list)
    for fact in facts:
        groups["by_agency", fact.partner.code].append(fact)
        groups["by_channel", fact.channel].append(fact)
        groups["quarters", str(Quarter.from_index(fact.quarter))].append(fact)
    for kind, words in (("by_agency", {}), ("by_channel", channels), ("quarters", {})):
        for name, figures in expected[kind].items():
            assert compared(groups[kind, words.get(name, name)], figures) == {}, (kind, name)


def check_on_time(facts, expected):
    """Against the source's own due time; by quarter as known 15 days after its end."""
    owed = [fact for fact in facts if fact.ticket.source_due_at]
    assert len(owed) == expected["on_time"]["due_set"] == expected["on_time"]["on_time_den"]
    assert sum(bool(fact.resolution_met) for fact in owed) == expected["on_time"]["on_time_num"]
    assert all(fact.resolution_due_at == fact.ticket.source_due_at for fact in owed)
    for name, figures in expected["quarters"].items():
        quarter = Quarter.parse(name)
        known = [fact for fact in owed if fact.quarter == quarter.index]
        freeze = quarter.end + FREEZE
        met = [fact for fact in known if fact.resolution_met and fact.ticket.completed_at < freeze]
        assert (len(known), len(met)) == (figures["due_set"], figures["on_time_num"]), name


@pytest.mark.django_db
def test_the_helpdesk_log_is_taken_whole():
    summary = take("helpdesk", "helpdesk_log/helpdesk.csv")
    assert (summary.rows, summary.duplicates, summary.tickets, summary.refused) == (21_348, 127, 4_580, [])
    assert Ticket.objects.count() == TicketFact.objects.count() == Ticket.history.count() == 4_580
    report = verify()
    assert report.intact
    assert report.entries == summary.entries
    assert Ticket.objects.filter(state="closed").count() == 4_558
    again = take("helpdesk", "helpdesk_log/helpdesk.csv")
    assert (again.created, again.extended, again.unchanged, again.entries) == (0, 0, 4_580, 0)
    assert verify().entries == summary.entries
