"""docs/RULES.md is made from the code, and true."""

import pytest
from django.core.management import CommandError, call_command

from portal.management.commands import rules


def test_the_page_is_up_to_date():
    call_command("rules", "--check")


def test_an_old_page_is_noticed(monkeypatch):
    monkeypatch.setattr(rules, "document", lambda: "something else")
    with pytest.raises(CommandError, match="out of date"):
        call_command("rules", "--check")


def test_every_transition_and_figure_is_on_it():
    text = rules.document()
    for word in ("`register`", "受理登记", "`csat`", "客户满意度", "R199"):
        assert word in text
