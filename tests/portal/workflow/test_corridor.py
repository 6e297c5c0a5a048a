"""The one corridor: once, in order, with a reason, and whole or not at all."""

import pytest

from portal.accounts.actor import NOBODY
from portal.journal.log import entries_for
from portal.journal.verify import verify
from portal.kernel.errors import Conflict, Refused
from portal.kernel.verdict import ALLOWED, Denied
from portal.workflow.corridor import available, facts_of, options, perform
from tickets.actions import dispatch
from tickets.choices import TicketState

pytestmark = pytest.mark.django_db


def verbs(ticket):
    return [entry.verb for entry in entries_for(ticket)]


def state(ticket):
    return type(ticket).objects.values_list("state", "version").get(pk=ticket.pk)


def test_a_step_changes_the_row_and_writes_one_entry(stage, ticket):
    before = verbs(ticket)
    changed = stage.accept(ticket)
    assert state(ticket) == (TicketState.ACCEPTED, ticket.version + 1)
    assert verbs(ticket) == [*before, "accept"]
    assert entries_for(ticket).last().actor["user"] == stage.technician.user_id
    assert changed.history.first().history_user_id == stage.technician.user_id
    assert verify().intact


def test_c02_the_same_key_counts_once(stage, ticket):
    first = dispatch.accept(stage.technician, ticket, stage.ann, key="k1")
    again = dispatch.accept(stage.technician, ticket, stage.ann, key="k1")
    assert (again.pk, again.state, again.version) == (first.pk, first.state, first.version)
    assert verbs(ticket).count("accept") == 1


def test_m17_the_same_key_counts_once_also_when_the_state_went_on(stage, ticket):
    accepted = dispatch.accept(stage.technician, ticket, stage.ann, version=ticket.version, key="k1")
    stage.diagnose(accepted)
    again = dispatch.accept(stage.technician, ticket, stage.ann, version=ticket.version, key="k1")
    assert again.state == TicketState.DIAGNOSED


def test_a_key_belongs_to_its_subject(stage, ticket):
    other = stage.ticket_in(TicketState.DISPATCHED)
    dispatch.accept(stage.technician, ticket, stage.ann, key="k1")
    dispatch.accept(stage.technician, other, stage.ann, key="k1")
    assert state(other)[0] == TicketState.ACCEPTED


def test_c08_a_form_opened_earlier_is_a_conflict_that_says_what_happened(stage, ticket):
    stage.accept(ticket)
    current = type(ticket).objects.get(pk=ticket.pk)
    before = verbs(ticket)
    with pytest.raises(Conflict) as late:
        perform(stage.technician, current, "diagnose", lambda step: None, version=ticket.version)
    assert current.number in str(late.value)
    assert entries_for(ticket).last().sentence() in str(late.value)
    assert verbs(ticket) == before


def test_a_late_comer_is_told_a_stranger_refused(stage, ticket):
    accepted = stage.accept(ticket)
    with pytest.raises(Conflict):
        stage.accept(ticket)
    for actor in (NOBODY, stage.stranger):
        with pytest.raises(Refused) as refused:
            perform(actor, accepted, "diagnose", lambda step: None)
        assert str(refused.value)
    assert state(ticket)[0] == TicketState.ACCEPTED


def test_c07_a_late_failure_takes_everything_back(stage, ticket):
    before = verbs(ticket), state(ticket), ticket.history.count()

    def change(step):
        step.row.title = "changed"

    def settle(step):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        perform(stage.technician, ticket, "accept", change, settle=settle)
    assert (verbs(ticket), state(ticket), ticket.history.count()) == before
    assert verify().intact


@pytest.mark.parametrize(
    ("verdict", "error"), [(Denied("no"), Refused), (Denied("too late", wrong_state=True), Conflict)]
)
def test_a_step_can_require_more(stage, ticket, verdict, error):
    def change(step):
        step.require(ALLOWED)
        step.require(verdict)

    with pytest.raises(error, match=str(verdict.reason)):
        perform(stage.technician, ticket, "accept", change)
    assert state(ticket)[0] == TicketState.DISPATCHED


def test_facts_are_written_and_empty_ones_left_out(stage, ticket):
    def change(step):
        step.row.accept(stage.ann, step.at)
        step.facts.update(facts_of({"note": "said", "nothing": "", "none": None, "zero": 0}))

    perform(stage.technician, ticket, "accept", change)
    assert entries_for(ticket).last().facts == {"note": "said", "zero": 0}


def test_options_say_why_a_button_is_grey(stage, ticket):
    found = {option.name: option.verdict for option in options(stage.technician, ticket)}
    assert found["accept"]
    assert not found["close"]
    assert str(found["close"].reason)
    assert [option.name for option in available(stage.technician, ticket)] == [n for n, v in found.items() if v]
    assert not available(NOBODY, ticket)
