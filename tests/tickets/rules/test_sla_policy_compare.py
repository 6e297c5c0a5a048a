"""Comparing two versions, and what a version may not say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation

from tickets.rules.sla_policy import DEFAULT_PAUSES, DEFAULT_POLICY, HOUR, PauseRule, Policy, PolicyLine, by_reason
from tickets.rules.sla_policy.checking import flaws, in_words, warn_levels
from tickets.rules.sla_policy.comparing import compare
from tickets.rules.sla_policy.wording import limit_in_words, scope_in_words

FIRST, *OTHERS = DEFAULT_POLICY.lines
NEW = PolicyLine("response", "fault", None, None, 1, HOUR, "HT §1", contract="FW-1", replaces="R200")


def told(old, new):
    return [(change.what, change.kind, change.fields) for change in compare(old, new)]


def test_two_versions_that_say_the_same_have_no_difference():
    assert told(DEFAULT_POLICY, Policy("2", DEFAULT_POLICY.lines[::-1])) == []


def test_added_and_removed_change_places_when_the_direction_does():
    more = Policy("2", (*DEFAULT_POLICY.lines, NEW))
    assert told(DEFAULT_POLICY, more) == [("added", "response", ())]
    assert told(more, DEFAULT_POLICY) == [("removed", "response", ())]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"limit": 10}, ("limit",)),
        ({"limit": 1, "unit": HOUR}, ("limit", "unit")),
        ({"core": True}, ("core",)),
        ({"warn_at": (90,)}, ("warn_at",)),
        ({"clause_text": "十分钟"}, ("clause_text",)),
        ({"calendar": "partner"}, ("calendar",)),
    ],
)
def test_a_changed_line_names_the_terms_that_differ(values, fields):
    new = Policy("2", (replace(FIRST, **values), *OTHERS))
    assert told(DEFAULT_POLICY, new) == [("changed", "acknowledgement", fields)]
    assert told(new, DEFAULT_POLICY) == [("changed", "acknowledgement", fields)]


def test_a_rule_of_suspension_that_changed_is_told_last():
    stricter = by_reason([*DEFAULT_PAUSES.values(), PauseRule("parts", True, timedelta(days=3), frozenset(), "file")])
    new = Policy("2", (*DEFAULT_POLICY.lines, NEW), stricter)
    assert told(DEFAULT_POLICY, new)[-1] == ("changed", "", ("cap", "evidence"))


def test_the_standard_has_no_flaw():
    assert flaws(DEFAULT_POLICY.lines) == []


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (replace(FIRST, limit=10), "clause"),
        (PolicyLine("response", "fault", None, None, 1, HOUR, "R200", region="上海市"), "region"),
        (PolicyLine("response", "fault", None, None, 1, HOUR, "X", region="上海市", replaces="R200"), "region"),
        (replace(NEW, replaces="R999"), "replaces"),
    ],
)
def test_what_contradicts_another_line_is_told_at_its_field(line, field):
    found = [flaw for flaw in flaws((*DEFAULT_POLICY.lines, line)) if flaw.line == line]
    assert [flaw.field for flaw in found] == [field]
    with translation.override("en"):
        assert line.clause in in_words(found[0])


@pytest.mark.parametrize("kind", ["response", "acceptance", "arbitration"])
def test_a_clock_without_any_limit_is_told(kind):
    silent = [line for line in DEFAULT_POLICY.lines if line.kind != kind]
    (flaw,) = flaws(silent)
    assert flaw.line is None


def test_a_limit_for_one_contract_is_no_limit_for_every_ticket():
    lines = [line for line in DEFAULT_POLICY.lines if line.kind != "acceptance"]
    assert len(flaws([*lines, PolicyLine("acceptance", None, None, None, 1, HOUR, "X", contract="FW-1")])) == 1


@pytest.mark.parametrize(
    ("text", "levels"), [("50, 80", (50, 80)), ("50，80", (50, 80)), ("25 50 75%", (25, 50, 75)), ("", ())]
)
def test_warning_levels_are_read(text, levels):
    assert warn_levels(text) == levels


@pytest.mark.parametrize("text", ["80, 50", "50, 50", "0, 50", "50, 100", "half", "1.5", "²"])
def test_warning_levels_that_are_none_are_refused(text):
    with pytest.raises(ValueError, match=r"\w"):
        warn_levels(text)


def test_a_line_in_words():
    with translation.override("en"):
        assert scope_in_words(NEW) == "Agreement FW-1 · General fault"
        assert [limit_in_words(1, unit) for unit in ("minute", "hour", "day", "working_hour", "working_day")] == [
            "1 minute",
            "1 hour",
            "1 day",
            "1 working hour",
            "1 working day",
        ]
    with translation.override("zh-hans"):
        assert (limit_in_words(5, "working_day"), scope_in_words(FIRST)) == ("5 个工作日", "所有工单")
