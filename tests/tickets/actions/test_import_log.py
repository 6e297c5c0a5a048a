"""import_log on small files: what is written, what is refused, and that a second run changes nothing (R057)."""

import json
from datetime import UTC, date, datetime
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from partners.models import Outlet, Partner, ProductLine, Staff
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation
from portal.journal.log import entries_for, record
from portal.journal.verify import verify
from portal.kernel import clock
from portal.kernel.errors import InvalidInput
from tickets.actions.import_log import import_log
from tickets.actions.settle import settle_ticket
from tickets.models import Customer, SatisfactionFeedback, SlaClock, Ticket, TicketFact
from tickets.rules.log_mapping import parse

EVENTS = """
kind = "events"
name = "desk"
timestamp_formats = ["%Y-%m-%d %H:%M"]
[columns]
ticket = "Case"
partner = "Group"
outlet = "Shop"
assignee = "Owner"
customer = "Customer"
product = "Product"
score = "Score"
remark = "Remark"
[events]
activity = "Activity"
at = "At"
actor = "Owner"
[verbs]
"Opened" = "receive"
"Taken" = "accept"
"Solved" = "complete"
"Closed" = "close"
[values.category]
"*" = "fault"
"""
HEADER = "Case,Group,Shop,Owner,Customer,Product,Score,Remark,Activity,At\n"
ROWS = [
    "1,North,Shop A,Ann,Acme,Car,,,Opened,2020-03-02 09:00",
    "2,South,,,Bolt,Car,,,Opened,2020-03-02 10:00",
    "1,North,Shop A,Ann,Acme,Car,,,Taken,2020-03-02 09:30",
    "1,North,Shop A,Ann,Acme,Car,,,Taken,2020-03-02 09:30",
    "1,North,Shop A,Ben,Acme,Car,2,slow,Solved,2020-03-03 09:00",
    "1,North,Shop A,Ben,Acme,Car,2,slow,Closed,2020-03-04 09:00",
    "2,South,,,Bolt,Car,,,Looked at,2020-03-02 11:00",
]


@pytest.fixture
def log(tmp_path):
    """Write the rows and import them."""
    path = tmp_path / "log.csv"

    def run(rows=ROWS, mapping=EVENTS, header=HEADER, **options):
        path.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
        return import_log(path, parse(mapping), **options)

    return run


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
    assert one.clocks.get(kind="resolution").state == "met"
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
def test_wrong_rows_are_refused_with_line_and_reason(log):
    rows = ["1,N,,,C,P,,,Opened,2020-03-02", ",N,,,C,P,,,Opened,2020-03-02 09:00", "3,N", *ROWS]
    rows.append("1,North,Shop A,Ann,Acme,Car,7,,Closed,2020-03-02 09:30")
    rows.append("2,South,,Ann,Bolt,Car,,,Taken,2020-03-01 09:30")
    summary = log(rows)
    assert sorted(line for line, _reason in summary.refused) == [2, 3, 4, 12, 13]
    reasons = dict(summary.refused)
    assert "2020-03-02" in reasons[2]
    assert "2" in reasons[4]
    assert "7" in reasons[12]
    assert summary.tickets == 2


@pytest.mark.django_db
def test_a_broken_row_of_a_gbk_file_costs_only_itself(tmp_path):
    path = tmp_path / "工单.csv"
    text = "单号,动作,时间,客户\n1,开单,2020-03-02 09:00,东\n2,开单,2020-03-02 09:00,?\n3,开单,2020-03-02 10:00,西\n"
    path.write_bytes(text.encode("gbk").replace(b"?", b"\x81\x20\xff"))
    mapping = """
kind = "events"
encoding = "%s"
timestamp_formats = ["%%Y-%%m-%%d %%H:%%M"]
[columns]
ticket = "单号"
customer = "客户"
[events]
activity = "动作"
at = "时间"
"""
    with pytest.raises(Exception, match="gb18030"):
        import_log(path, parse(mapping % "utf-8"))
    summary = import_log(path, parse(mapping % "gbk"))
    assert summary.tickets == 2
    assert summary.source == "工单"
    ((line, reason),) = summary.refused
    assert line == 3
    assert "gbk" in reason
    assert Ticket.objects.get(external_id="3").customer.name == "西"


@pytest.mark.django_db
def test_a_record_over_two_lines_does_not_shift_the_numbers(log):
    rows = ['1,North,,,Acme,Car,,"two\nlines",Opened,2020-03-02 09:00', "1,North,,,Acme,Car,,,Taken,never"]
    assert [line for line, _reason in log(rows).refused] == [4]


@pytest.mark.django_db
def test_a_sheet_is_read_like_a_csv(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Log"
    sheet.append(["made by the old desk"])
    sheet.append(["Case", "Activity", "At"])
    sheet.append([17, "Opened", datetime(2020, 3, 2, 9)])
    sheet.append([17, "Closed", datetime(2020, 3, 3, 9)])
    path = tmp_path / "log.xlsx"
    book.save(path)
    text = """
kind = "events"
sheet = "Log"
header_row = 2
[columns]
ticket = "Case"
[events]
activity = "Activity"
at = "At"
[verbs]
"Closed" = "close"
"""
    summary = import_log(path, parse(text))
    assert (summary.rows, summary.tickets, summary.refused) == (2, 1, [])
    assert Ticket.objects.get(external_id="17").state == "closed"
    with pytest.raises(Exception, match="Log"):
        import_log(path, parse(text.replace('"Log"', '"Leg"')))
    path.write_bytes(b"PK\x03\x04 no sheet")
    with pytest.raises(Exception, match=r".+"):
        import_log(path, parse(text))


def call(path, mapping, *options):
    out = StringIO()
    code = 0
    try:
        call_command("import_log", str(path), "--mapping", str(mapping), *options, stdout=out)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue()


@pytest.fixture
def files(tmp_path):
    """A log and its mapping on disk."""
    path, mapping = tmp_path / "log.csv", tmp_path / "map.toml"
    path.write_text(HEADER + "\n".join(ROWS), encoding="utf-8")
    mapping.write_text(EVENTS, encoding="utf-8")
    return path, mapping


@pytest.mark.django_db
def test_the_command_answers_in_json(files):
    code, text = call(*files, "--json")
    answer = json.loads(text)
    assert code == 0
    assert (answer["rows"], answer["tickets"], answer["created"], answer["duplicates"]) == (7, 2, 2, 1)
    assert answer["unmapped"] == {"Looked at": 1}


@pytest.mark.django_db
def test_the_command_tells_people(files):
    path, mapping = files
    path.write_text(HEADER + "\n".join([*ROWS, *["x"] * 25]), encoding="utf-8")
    code, text = call(path, mapping, "--dry-run")
    assert code == 0
    assert "9" in text
    assert "Looked at 1" in text
    assert "--json" in text


@pytest.mark.django_db
def test_strict_takes_all_or_nothing(files):
    path, mapping = files
    path.write_text(HEADER + "\n".join([*ROWS, "x"]), encoding="utf-8")
    assert call(path, mapping, "--strict")[0] == 1
    assert not Ticket.objects.exists()


@pytest.mark.django_db
def test_nothing_usable_is_an_error(files):
    path, mapping = files
    path.write_text(HEADER + "x\ny\n", encoding="utf-8")
    assert call(path, mapping)[0] == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("[columns]", "[colums]", "columns"), ('"Shop"', '"Store"', "Store"), ('kind = "events"', "kind", "TOML")],
)
def test_wrong_use_is_told_and_exits_with_two(files, old, new, told):
    path, mapping = files
    mapping.write_text(EVENTS.replace(old, new), encoding="utf-8")
    with pytest.raises(CommandError, match=told) as error:
        call(path, mapping)
    assert error.value.returncode == 2


@pytest.mark.django_db
def test_missing_files_are_wrong_use(files, tmp_path):
    path, mapping = files
    for wrong in ((tmp_path / "none.csv", mapping), (path, tmp_path / "none.toml")):
        with pytest.raises(CommandError) as error:
            call(*wrong)
        assert error.value.returncode == 2
    path.write_text("", encoding="utf-8")
    with pytest.raises(CommandError):
        call(path, mapping)


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
    assert one.clocks.get(kind="response").stopped_at == datetime(2020, 3, 2, 2, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_odd_files(log, tmp_path):
    long = "North " * 10
    rows = [f"1,{long},,,Acme,Car,,,Opened,2020-03-02 09:00", "", "2,a\0b,,,Acme,Car,,,Opened,2020-03-02 09:00"]
    summary = log(rows)
    assert (summary.rows, summary.tickets, summary.refused) == (2, 2, [])
    assert len(Ticket.objects.get(external_id="1").partner.code) == 32
    assert [line for line, _why in log([f'1,"{"x" * 10_000_001}"', *ROWS]).refused] == [2]
    with pytest.raises(InvalidInput):
        import_log(tmp_path, parse(EVENTS))


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
