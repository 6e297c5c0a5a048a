"""The mapping of a historical log: what it may say, and how a wrong one is told (R057)."""

import pytest

from portal.kernel.errors import InvalidInput
from tickets.rules.log_mapping import ValueMap, parse
from tickets.rules.log_words import Step

EVENTS = """
kind = "events"
timestamp_formats = ["%Y/%m/%d %H:%M:%S.%f"]
empty = ["?"]
[columns]
ticket = "Case ID"
partner = "workgroup"
[events]
activity = "Activity"
at = "Complete Timestamp"
actor = "Resource"
[verbs]
"Take in charge ticket" = "accept"
"Wait" = "suspend:parts"
"""
TICKETS = """
kind = "tickets"
[columns]
ticket = "No"
status = "Status"
[times]
received = "Created"
due = "Due"
complete = "Closed"
[values.status]
"Closed (Duplicate)" = "duplicate"
"""


def problems_of(text):
    with pytest.raises(InvalidInput) as refused:
        parse(text)
    return str(refused.value).splitlines()


def test_a_log_of_events_is_read():
    mapping = parse(EVENTS)
    assert mapping.needed == ("Case ID", "workgroup", "Activity", "Complete Timestamp", "Resource")
    assert mapping.verbs == {"Take in charge ticket": Step("accept"), "Wait": Step("suspend", "parts")}
    assert mapping.empty == {"", "?"}
    assert not mapping.knows_end


def test_a_log_of_tickets_is_read():
    mapping = parse(TICKETS)
    assert mapping.needed == ("No", "Status", "Closed", "Due", "Created")
    assert (mapping.received, mapping.due, mapping.times) == ("Created", "Due", {"complete": "Closed"})
    assert parse(TICKETS.replace("[values", 'close = "Archived"\n[values')).knows_end


def test_due_may_stand_among_the_columns():
    assert parse(EVENTS.replace("partner =", "due =")).due == "workgroup"


def test_values_exact_then_pattern_then_rest():
    words = ValueMap.of({"a*": "one", "*b*": "two", "abc": "three", "*": "rest"})
    assert [words.get(value) for value in ("abc", "Axx", "xBx", "q", "")] == ["three", "one", "two", "rest", "rest"]
    assert ValueMap.of({"a": "one"}).get("b") is None


def test_letters_of_a_pattern_are_meant_as_they_are():
    words = ValueMap.of({"Closed (*)": "x"})
    assert (words.get("Closed (Duplicate)"), words.get("Closed Duplicate")) == ("x", None)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "events"', 'kind = "event"', "kind"),
        ('kind = "events"', 'kind = "events"\ncolour = "red"', "colour"),
        ('kind = "events"', 'kind = "events"\ndelimeter = ";"', "delimiter"),
        ('kind = "events"', 'kind = "events"\nencoding = "klingon"', "klingon"),
        ('kind = "events"', 'kind = "events"\ndelimiter = "||"', "delimiter"),
        ('kind = "events"', 'kind = "events"\nheader_row = 0', "header_row"),
        ('kind = "events"', 'kind = "events"\nheader_row = "1"', "header_row"),
        ('kind = "events"', 'kind = "events"\ntimezone = "Moon/Crater"', "Moon/Crater"),
        ("%H:%M:%S.%f", "%H:%Q", "%Q"),
        ("%H:%M:%S.%f", "%Y", "%Y"),
        ('empty = ["?"]', "empty = [1]", "empty"),
        ('ticket = "Case ID"', "", "ticket"),
        ('partner = "workgroup"', 'partnr = "workgroup"', "partner"),
        ('partner = "workgroup"', "partner = 3", "partner"),
        ('activity = "Activity"', "", "activity"),
        ('at = "Complete Timestamp"', "", "at"),
        ('actor = "Resource"', 'who = "Resource"', "who"),
        ('= "accept"', '= "acept"', "accept"),
        ('= "accept"', "= 1", "[verbs]"),
        ('"suspend:parts"', '"suspend:part"', "parts"),
        ("[verbs]", '[times]\nreceived = "x"\n[verbs]', "[times]"),
        ("[verbs]", '[values.categori]\n"x" = "fault"\n[verbs]', "category"),
        ("[verbs]", '[values.category]\n"x" = "falt"\n[verbs]', "fault"),
        ("[verbs]", '[values]\ncategory = "fault"\n[verbs]', "[values.category]"),
        ("[verbs]", '[values.ticket]\n"x" = "y"\n[verbs]', "ticket"),
    ],
)
def test_a_wrong_key_is_named_with_its_remedy(settings, language, old, new, told):
    assert old in EVENTS
    settings.LANGUAGE_CODE = language
    found = problems_of(EVENTS.replace(old, new, 1))
    assert any(told in problem for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('received = "Created"', "", "received"),
        ('complete = "Closed"', 'completed = "Closed"', "complete"),
        ('complete = "Closed"', "complete = 3", "complete"),
        ("[times]", '[verbs]\n"a" = "accept"\n[times]', "[verbs]"),
        ("[times]", '[events]\nat = "a"\n[times]', "[events]"),
        ('= "duplicate"', '= "double"', "status"),
    ],
)
def test_a_wrong_key_of_a_log_of_tickets_is_named(old, new, told):
    assert any(told in problem for problem in problems_of(TICKETS.replace(old, new, 1)))


def test_all_problems_are_told_at_once():
    assert len(problems_of(EVENTS.replace("workgroup", "").replace('"accept"', '"acept"'))) == 2


def test_what_is_no_toml_is_told_with_its_line():
    assert "line 2" in problems_of('kind = "events"\nname = events\n')[0]
