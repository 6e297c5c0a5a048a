"""import_log on a small log: what is written, and that a second run changes nothing (R057)."""

from datetime import UTC, date, datetime
from functools import partial

import pytest

from partners.models import Outlet, Partner, ProductLine, Staff
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation
from portal.journal.log import entries_for, record
from portal.journal.verify import verify
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from tests.tickets.actions.log_story import EVENTS, ROWS, take
from tickets.actions.settle import settle_ticket
from tickets.models import Customer, SatisfactionFeedback, SlaClock, Ticket, TicketFact


@pytest.fixture
def log(tmp_path):
    """Write the rows and import them."""
    return partial(take, tmp_path)


def everything():
    """Every row that an import may touch."""
    models = (Ticket, Ticket.history.model, SlaClock, TicketFact, SatisfactionFeedback, Partner, Customer)
    found = [list(model.objects.order_by("pk").values()) for model in models]
    return [*found, [list(entries_for(ticket).values()) for ticket in Ticket.objects.order_by("pk")]]


@pytest.mark.django_db
def test_tickets_with_journal_clocks_facts_and_history(log):
    summary = log()
    assert (summary.rows, summary.duplicates, summary.tickets, summary.created) == (7, 1, 2, 2)
    assert (summary.refused, dict(summary.unmapped)) == ([], {"Looked at": 1})
    one, two = Ticket.objects.order_by("external_id")
    assert (one.state, two.state) == ("closed", "received")
    assert one.number == "LS2020-000001"
    assert one.received_at == datetime(2020, 3, 2, 1, tzinfo=UTC)
    assert one.completed_at == datetime(2020, 3, 3, 1, tzinfo=UTC)
    assert (one.imported_from, one.category, one.retention_until) == ("desk", "fault", date(2025, 3, 4))
    assert [entry.verb for entry in entries_for(one)] == ["receive", "accept", "complete", "close", "rate"]
    assert all(entry.imported for entry in entries_for(one))
    assert entries_for(one)[2].actor_label == "Ben"
    assert verify().intact
    assert (one.fact.resolved, one.fact.resolution_ms, one.fact.quarter) == (True, 86_400_000, 2020 * 4)
    assert two.fact.resolution_met is None
    assert one.clocks.leading().get(kind="resolution").state == "met"
    assert [row.history_type for row in one.history.all()] == ["+"]
    assert one.history.get().state == "closed"


@pytest.mark.django_db
def test_whom_the_log_names_is_made(log):
    log()
    north = Partner.objects.get(code="North")
    assert north.organisation.kind == "partner"
    assert Outlet.objects.get(partner=north).name == "Shop A"
    assert set(Staff.objects.values_list("name", flat=True)) == {"Ben"}
    assert set(Customer.objects.values_list("code", flat=True)) == {"Acme", "Bolt"}
    assert ProductLine.objects.get(code="Car").needs_certificate is False
    ticket = Ticket.objects.get(external_id="1")
    assert (ticket.partner, ticket.outlet.name, ticket.owner.name) == (north, "Shop A", "Ben")
    assert Partner.history.filter(code="North").count() == 1


@pytest.mark.django_db
def test_a_known_partner_is_found_by_name_and_by_code(log):
    log()
    Partner.objects.filter(code="North").update(code="P1")
    summary = log([row.replace("1,", "9,", 1) for row in ROWS if row.startswith("1,")])
    assert (summary.created, summary.parties["partner"]) == (1, 0)
    assert Ticket.objects.get(external_id="9").partner.code == "P1"


@pytest.mark.django_db
def test_a_score_becomes_an_imported_rating(log):
    log()
    rating = SatisfactionFeedback.objects.get()
    assert (rating.overall, rating.suggestions, rating.imported, rating.partner.code) == (2, "slow", True, "North")
    assert rating.history.count() == 1


@pytest.mark.django_db
def test_a_second_run_changes_nothing(log):
    log()
    before = everything()
    summary = log()
    assert (summary.created, summary.extended, summary.unchanged, summary.entries) == (0, 0, 2, 0)
    assert everything() == before


@pytest.mark.django_db
def test_a_file_that_grew_adds_only_what_is_new(log):
    log()
    more = ["2,South,,Cid,Bolt,Car,,,Solved,2020-03-05 10:00", "3,South,,,Bolt,Car,,,Opened,2020-04-02 10:00"]
    summary = log([*more, *ROWS])
    assert (summary.created, summary.extended, summary.unchanged, summary.entries) == (1, 1, 1, 2)
    two = Ticket.objects.get(external_id="2")
    assert (two.state, two.version, two.history.count()) == ("pending_confirmation", 2, 2)
    assert two.fact.completed
    assert verify().intact
    again = log([*more, *ROWS])
    assert (again.created, again.extended, again.entries) == (0, 0, 0)


@pytest.mark.django_db
def test_clocks_and_facts_are_those_of_a_live_ticket(log):
    log()
    for ticket in Ticket.objects.all():
        clocks, fact = list(ticket.clocks.values()), TicketFact.objects.filter(pk=ticket.pk).values().get()
        settle_ticket(ticket, clock.now())
        assert list(ticket.clocks.values()) == clocks
        assert TicketFact.objects.filter(pk=ticket.pk).values().get() == fact


@pytest.mark.django_db
def test_a_ticket_that_people_work_on_is_left_alone(log):
    log()
    two = Ticket.objects.get(external_id="2")
    record(two, "contact", Actor.system("Ann"), facts={"summary": "called"})
    summary = log([*ROWS, "2,South,,Cid,Bolt,Car,,,Solved,2020-03-05 10:00"])
    assert {line for line, _reason in summary.refused} == {3, 8, 9}
    assert two.number in summary.refused[0][1]
    two.refresh_from_db()
    assert two.state == "received"


@pytest.mark.django_db
def test_a_dry_run_writes_nothing(log):
    before = everything()
    summary = log(dry_run=True)
    assert (summary.created, summary.entries) == (2, 7)
    assert everything() == before
    assert log().created == 2
    assert Ticket.objects.order_by("number").first().number == "LS2020-000001"


@pytest.mark.django_db
def test_what_the_sentences_ask_for_is_among_the_facts(log):
    mapping = EVENTS.replace('"Taken" = "accept"', '"Taken" = "register"\n"Called" = "contact"')
    rows = [
        *ROWS[:3],
        "1,North,,Ann,Acme,Car,,,Called,2020-03-02 10:30",
        "1,North,,Ann,Acme,Car,,,Closed,2024-02-29 09:00",
    ]
    log(rows, mapping)
    one = Ticket.objects.get(external_id="1")
    facts = {entry.verb: entry.facts for entry in entries_for(one)}
    assert facts["register"]["category"] == "fault"
    assert facts["contact"]["channel"] == "import"
    assert facts["receive"]["title"] == "1"
    assert one.retention_until == date(2029, 3, 1)
    assert one.clocks.leading().get(kind="response").stopped_at == datetime(2020, 3, 2, 2, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_partner_cannot_take_the_code_of_the_brand(log):
    Organisation.objects.create(kind="brand", code="North", name="Brand", short_name="B")
    with pytest.raises(InvalidInput, match="North"):
        log()
    assert not Ticket.objects.exists()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_it_is_all_or_nothing(log, monkeypatch):
    monkeypatch.setattr("tickets.actions.import_log.run.BATCH", 1)
    log(ROWS[:1])
    before = everything()
    monkeypatch.setattr("tickets.actions.import_log.writer.PREFIX", "LS" * 30 + "\udcff")
    with pytest.raises(Exception, match="surrogate"):
        log([*ROWS[:1], *ROWS[2:], *ROWS[1:2]])
    assert everything() == before
