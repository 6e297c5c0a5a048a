"""verify_journal and seal_journal as people and machines call them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.journal import seals


def run(name, *args):
    out = StringIO()
    code = 0
    try:
        call_command(name, *args, stdout=out)
    except SystemExit as end:
        code = end.code
    return code, out.getvalue()


def test_intact_is_0_and_says_how_much(story):
    code, text = run("verify_journal")
    assert code == 0
    assert "intact: 2 subjects, 8 entries, 0 seals" in text


def test_broken_is_1_and_names_the_place(story, tamper):
    tamper("UPDATE journal_journalentry SET verb = 'x' WHERE subject = 'ticket:1' AND sequence = 4")
    code, text = run("verify_journal")
    assert code == 1
    assert "ticket:1 #4: content changed" in text
    code, text = run("verify_journal", "--json")
    assert code == 1
    assert json.loads(text)["breaks"] == [{"subject": "ticket:1", "sequence": 4, "problem": "content changed"}]


def test_one_subject(story, tamper):
    tamper("UPDATE journal_journalentry SET verb = 'x' WHERE subject = 'ticket:1' AND sequence = 4")
    assert run("verify_journal", "--subject", "ticket:2")[0] == 0
    assert run("verify_journal", "--subject", "ticket:1")[0] == 1


def test_an_unknown_subject_is_wrong_use(story):
    with pytest.raises(CommandError) as error:
        run("verify_journal", "--subject", "ticket:99")
    assert error.value.returncode == 2


def test_sealing(story):
    code, text = run("seal_journal", "--json")
    assert code == 0
    assert json.loads(text)["heads"] == 2
    assert "Seal #2 over 0 chains" in run("seal_journal")[1]
    assert "last seal #2" in run("verify_journal")[1]


def test_two_sealers_leave_one_seal(story, monkeypatch):
    first = seals.seal()
    monkeypatch.setattr(type(seals.Seal.objects.all()), "last", lambda self: None)
    with pytest.raises(CommandError):
        run("seal_journal")
    assert first.number == 1
