"""Problems of a mapping are collected in the order of the file, with the nearest known word (R057)."""

from django.utils import translation

from tickets.rules.log_mapping_check import Problems, check


def found(table):
    problems = Problems()
    with translation.override("en"):
        check(table, problems)
    return problems.found


def test_nothing_is_wrong_with_the_smallest_mapping():
    assert found({"kind": "tickets", "columns": {"ticket": "No"}, "times": {"received": "At"}}) == []


def test_a_near_word_is_offered_else_all_known_ones():
    table = {"kind": "tickets", "columns": {"ticket": "No", "custmer": "C", "xyz": "X"}, "times": {"received": "At"}}
    near, far = found(table)
    assert near == "[columns]: “custmer” is not known; did you mean “customer”?"
    assert far.startswith("[columns]: “xyz” is not known. Known are: ticket, partner")


def test_a_wrong_shape_is_told_before_its_content():
    assert found({"kind": 3, "columns": "ticket", "times": {"recieved": "At"}}) == [
        "“kind” must be written as text in quotes.",
        "“columns” must be written as a table with its name in brackets.",
    ]
