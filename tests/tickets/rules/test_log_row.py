"""A row of a log becomes what happened, or is refused with the reason (R057)."""

from datetime import UTC, datetime

import pytest

from portal.kernel.errors import InvalidInput
from tests.tickets.rules.test_log_mapping import EVENTS, TICKETS
from tickets.rules.log_mapping import parse
from tickets.rules.log_row import RowReader, RowRefused, facts_of, places_of, readable
from tickets.rules.log_time import reader
from tickets.rules.log_words import Step, is_step, step_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def event_reader(extra=""):
    return RowReader(parse(EVENTS + extra), "log", NOW)


def ticket_reader(extra=""):
    return RowReader(parse(TICKETS + extra), "log", NOW)


def refused(reader_of, cells):
    with pytest.raises(RowRefused) as reason:
        reader_of.read(7, cells)
    return str(reason.value)


def test_an_event_of_shanghai_is_kept_in_utc():
    row = event_reader().read(2, ["Case 1", "Value 1", "Take in charge ticket", "2012/10/09 14:51:01.000", "Ann"])
    (happening,) = row.happenings
    assert (happening.verb, happening.label, happening.line) == ("accept", "Ann", 2)
    assert happening.at == datetime(2012, 10, 9, 6, 51, 1, tzinfo=UTC)
    assert (row.ticket, row.fields) == ("Case 1", {"partner": "Value 1"})


def test_an_unmapped_activity_becomes_a_note_and_is_counted():
    rows = event_reader()
    for _each in range(2):
        row = rows.read(2, ["Case 1", "?", "VERIFIED", "2012/10/09 14:51:01.000", "?"])
    assert row.happenings[0].verb == "note"
    assert row.happenings[0].facts["note"] == "VERIFIED"
    assert row.happenings[0].label == "log"
    assert rows.unmapped == {"VERIFIED": 2}
    assert row.fields == {}


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (["", "a", "Wait", "2012/10/09 14:51:01.000", ""], ""),
        (["x" * 121, "a", "Wait", "2012/10/09 14:51:01.000", ""], "120"),
        (["1", "a", "?", "2012/10/09 14:51:01.000", ""], "Activity"),
        (["1", "a", "Wait", "?", ""], "Complete Timestamp"),
        (["1", "a", "Wait", "2012/13/09 14:51:01.000", ""], "2012/13/09"),
        (["1", "a", "Wait", "yesterday", ""], "yesterday"),
        (["1", "a", "Wait", "2012-T", ""], "2012-T"),
        (["1", "a", "Wait", "2031/10/09 14:51:01.000", ""], "2031"),
        (["1", "a\udcff", "Wait", "2012/10/09 14:51:01.000", ""], "utf-8"),
    ],
)
def test_a_row_that_cannot_be_used_says_why(cells, told):
    assert told in refused(event_reader(), cells)


def test_a_ticket_of_one_row():
    row = ticket_reader().read(
        3, ["T1", "Closed (Duplicate)", "2018-04-12 12:45", "2030-01-01 00:00", "2018-04-12 11:11"]
    )
    assert [(each.verb, each.at.hour) for each in row.happenings] == [("receive", 3), ("complete", 4)]
    assert row.fields == {"status": "duplicate"}
    assert row.due_at == datetime(2029, 12, 31, 16, tzinfo=UTC)


def test_closed_before_received_cannot_be():
    told = refused(ticket_reader(), ["T1", "", "2018-04-12 10:00", "", "2018-04-12 11:11"])
    assert "2018-04-12 10:00:00" in told
    assert "2018-04-12 11:11:00" in told
    assert refused(ticket_reader(), ["T1", "", "2018-04-12 10:00", "", ""])


def test_iso_times_of_a_sheet_are_read_beside_the_formats():
    assert ticket_reader().read(3, ["T1", "", "", "", "2018-04-12T11:11:00"]).happenings[0].at.hour == 3


def test_values_without_a_place_are_counted_and_left_out():
    rows = ticket_reader()
    assert rows.read(3, ["T1", "New", "", "", "2018-04-12 11:11"]).fields == {}
    assert rows.read(4, ["T2", "Closed", "", "", "2018-04-12 11:11"]).fields == {"status": "closed"}
    assert rows.unplaced == {"status: New": 1}


def test_a_star_speaks_for_a_column_that_the_file_has_not():
    row = ticket_reader('[values.category]\n"*" = "fault"\n').read(3, ["T1", "", "", "", "2018-04-12 11:11"])
    assert row.fields["category"] == "fault"


@pytest.mark.parametrize(("value", "score"), [("4", "4"), ("5.0", "5")])
def test_a_score_is_read(value, score):
    mapping = parse(TICKETS.replace("status =", "score =").replace("[values.status]", "[values.title]"))
    assert RowReader(mapping, "log", NOW).read(1, ["T", value, "", "", "2018-04-12 11:11"]).fields == {"score": score}


@pytest.mark.parametrize("value", ["0", "6", "good", "4.5"])
def test_a_wrong_score_is_refused(value):
    mapping = parse(TICKETS.replace("status =", "score =").replace("[values.status]", "[values.title]"))
    assert value in refused(RowReader(mapping, "log", NOW), ["T", value, "", "", "2018-04-12 11:11"])


def test_facts_carry_the_word_of_the_log():
    assert facts_of(Step("complete"), "Resolve", "Ann") == {"activity": "Resolve", "work_and_result": "Resolve"}
    assert facts_of(Step("suspend", "parts"), "Wait", "Ann") == {"activity": "Wait", "reason": "parts", "note": "Wait"}
    assert facts_of(Step("accept"), "", "Ann") == {"owner": "Ann"}
    assert facts_of(Step("contact"), "Call", "Ann")["outward"] is True


def test_a_missing_or_doubled_column_is_named():
    mapping = parse(TICKETS)
    assert places_of(["Created", " No ", "Status", "Closed", "Due"], mapping) == [1, 2, 3, 4, 0]
    with pytest.raises(InvalidInput, match="Created"):
        places_of(["No", "Status", "Closed", "Due"], mapping)
    with pytest.raises(InvalidInput, match="Status"):
        places_of(["Created", "No", "Status", "Status", "Closed", "Due"], mapping)


def test_bytes_that_are_no_text_are_refused():
    readable(["工单", "a"], "utf-8")
    with pytest.raises(RowRefused, match="gbk"):
        readable(["\udc81"], "gbk")


def test_steps_and_their_reasons():
    assert step_of("cancel:duplicate") == Step("cancel", "duplicate")
    assert is_step("note")
    assert not is_step("accept:parts")
    assert not is_step("cancel:parts")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("%m/%d/%Y %I:%M:%S %p", "04/12/2018 12:11:26 AM"),
        ("%m/%d/%Y %I:%M:%S %p", "04/12/2018 12:11:26 pm"),
        ("%m/%d/%Y %I:%M:%S %p", "04/12/2018 13:11:26 AM"),
        ("%Y/%m/%d %H:%M:%S.%f", "2012/10/09 14:50:17.25"),
        ("%Y-%m-%d", "2020-02-29"),
        ("%Y-%m-%d", "2021-02-29"),
        ("%Y-%m-%d", "2021-02-29 10:00"),
        ("%d.%m.%y %H:%M", "01.02.20 10:11"),
        ("%Y-%m-%dT%H:%M:%S%z", "2020-01-01T00:00:00+0800"),
        ("%Y-%m-%dT%H:%M:%S%z", "2020"),
        ("%Y %H", "2020 11"),
        ("%Y%%%m%d", "2020%0102"),
    ],
)
def test_times_are_read_as_strptime_reads_them(form, text):
    try:
        expected = datetime.strptime(text, form)
    except ValueError:
        expected = None
    assert reader(form)(text) == expected
