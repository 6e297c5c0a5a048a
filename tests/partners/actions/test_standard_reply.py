"""R147: read and understood, once a partner. R227: opinions are heard and answered. R101: regions adjust."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from partners.actions import adjustment, standard, standard_reply
from partners.choices.standard import AdjustmentState, OpinionOutcome
from partners.queries.standard import held_clauses
from portal.accounts.actor import Actor
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import standard as papers

TODAY = date(2026, 11, 2)


def on(day: date):
    return clock.travel(datetime(day.year, day.month, day.day, 10, tzinfo=clock.LOCAL))


@pytest.fixture(autouse=True)
def _in_november():
    with on(TODAY):
        yield


@pytest.fixture
def mary(brand_manager) -> Actor:
    return actor(brand_manager)


@pytest.fixture
def release(mary, side_a, side_b):
    return papers.announced(mary, papers.publication(), TODAY + timedelta(days=4), opinions_until=TODAY)


def test_r147_the_manager_confirms_once(release, manager_a, side_a):
    receipt = standard_reply.acknowledge(actor(manager_a), release)
    assert (receipt.partner, receipt.acknowledged_by, receipt.acknowledged_at) == (
        side_a.partner,
        manager_a,
        clock.now(),
    )
    with pytest.raises(Conflict):
        standard_reply.acknowledge(actor(manager_a), release)
    assert entries_for(release).filter(verb="release_acknowledged").count() == 1


def test_nobody_else_confirms(release, ann, dispatcher_a, mary):
    for person in (actor(ann), actor(dispatcher_a), mary):
        with pytest.raises(Refused):
            standard_reply.acknowledge(person, release)


def test_what_does_not_hold_any_more_is_not_confirmed(release, manager_a, mary):
    standard.withdraw(mary, release, "错误")
    with pytest.raises(Conflict):
        standard_reply.acknowledge(actor(manager_a), release)


def test_r227_an_opinion_is_answered_once_in_words(release, ann, mary, brand_manager):
    opinion = standard_reply.give_opinion(actor(ann), release, " 太短 ", "2.1")
    assert (opinion.text, opinion.clause_number, opinion.outcome) == ("太短", "2.1", OpinionOutcome.OPEN)
    assert Notice.objects.filter(type="opinion.given", user=brand_manager).count() == 1
    with pytest.raises(InvalidInput):
        standard_reply.answer_opinion(mary, opinion, OpinionOutcome.ADOPTED, " ")
    with pytest.raises(InvalidInput):
        standard_reply.answer_opinion(mary, opinion, OpinionOutcome.OPEN, "x")
    standard_reply.answer_opinion(mary, opinion, OpinionOutcome.DECLINED, "核心条款不变")
    with pytest.raises(Conflict):
        standard_reply.answer_opinion(mary, opinion, OpinionOutcome.ADOPTED, "x")
    assert Notice.objects.filter(type="opinion.answered", user=ann).count() == 1


@pytest.mark.parametrize(("text", "clause"), [("", ""), ("x" * 2001, ""), ("好", "9.9")])
def test_an_opinion_must_make_sense(release, ann, text, clause):
    with pytest.raises(InvalidInput):
        standard_reply.give_opinion(actor(ann), release, text, clause)


def test_opinions_end_with_their_day_and_begin_again_when_it_holds(release, ann):
    with on(TODAY + timedelta(days=1)), pytest.raises(Conflict, match="2026-11-02"):
        standard_reply.give_opinion(actor(ann), release, "晚了")
    with on(TODAY + timedelta(days=4)):
        standard.take_effect(clock.today())
        release.refresh_from_db()
        assert standard_reply.give_opinion(actor(ann), release, "执行中的问题")


def test_a_partner_who_was_not_told_has_no_say(mary, side_a, side_b):
    document = papers.publication(regions=["上海市"])
    release = papers.announced(mary, document, TODAY)
    with pytest.raises(Refused):
        standard_reply.give_opinion(actor(side_b.manager), release, "我也要说")
    with pytest.raises(Refused):
        standard_reply.acknowledge(actor(side_b.manager), release)


def test_managers_are_reminded_once_a_week(release, manager_a):
    standard.take_effect(TODAY + timedelta(days=4))
    standard_reply.acknowledge(actor(manager_a), release)
    assert [standard_reply.remind(TODAY + timedelta(days=n)) for n in (6, 7, 7, 13, 14)] == [0, 1, 0, 0, 1]
    assert Notice.objects.filter(type="release.reminder").count() == 2


def test_a_new_partner_gets_what_holds(release, side_a):
    newcomer = make.PartnerFactory(region="上海市")
    assert standard_reply.hand_out_to_new_partners() == 1
    assert standard_reply.hand_out_to_new_partners() == 0
    assert release.receipts.filter(partner=newcomer).exists()


def clause(release, number="2.1"):
    return release.clauses.get(number=number)


def test_r101_a_region_adjusts_within_bounds_and_a_second_person_decides(release, manager_a, mary):
    row = adjustment.propose(actor(manager_a), clause(release), "上海市", Decimal(60), "客流集中")
    adjustment.decide(mary, row, approve=True, reason="属实")
    held = {item.clause.number: item.adjusted for item in held_clauses(release, "上海市")}
    assert (held["2.1"].value, held["1.1"]) == (Decimal(60), None)
    assert all(item.adjusted is None for item in held_clauses(release, "江苏省"))
    assert Notice.objects.filter(type="adjustment.decided", user=manager_a).count() == 1


@pytest.mark.parametrize(
    ("number", "value", "error"),
    [("1.1", 20, Refused), ("3.1", 1, Refused), ("2.1", 29, InvalidInput), ("2.1", 121, InvalidInput),
     ("2.1", 30, InvalidInput)],
)  # fmt: skip
def test_r100_core_clauses_and_bounds_hold(release, manager_a, number, value, error):
    with pytest.raises(error):
        adjustment.propose(actor(manager_a), clause(release, number), "上海市", Decimal(value), "x")


def test_a_partner_speaks_for_his_region_only(release, manager_a, ann):
    with pytest.raises(Refused):
        adjustment.propose(actor(manager_a), clause(release), "江苏省", Decimal(60), "x")
    with pytest.raises(Refused):
        adjustment.propose(actor(ann), clause(release), "上海市", Decimal(60), "x")


def test_b16_nobody_decides_on_his_own_proposal(release, mary):
    row = adjustment.propose(mary, clause(release), "上海市", Decimal(60), "x")
    with pytest.raises(Refused):
        adjustment.decide(mary, row, approve=True, reason="x")


def test_a_proposal_waits_alone_and_is_decided_once(release, manager_a, mary):
    row = adjustment.propose(actor(manager_a), clause(release), "上海市", Decimal(60), "x")
    with pytest.raises(Conflict):
        adjustment.propose(actor(manager_a), clause(release), "上海市", Decimal(61), "x")
    adjustment.decide(mary, row, approve=False, reason="不必")
    with pytest.raises(Conflict):
        adjustment.decide(mary, row, approve=True, reason="x")


def test_a_newer_adjustment_takes_the_place_of_the_older(release, manager_a, mary):
    first = adjustment.propose(actor(manager_a), clause(release), "上海市", Decimal(60), "x")
    adjustment.decide(mary, first, approve=True, reason="x")
    second = adjustment.propose(actor(manager_a), clause(release), "上海市", Decimal(90), "x")
    adjustment.decide(mary, second, approve=True, reason="x")
    first.refresh_from_db()
    assert first.state == AdjustmentState.ENDED
    assert held_clauses(release, "上海市")[1].adjusted == second


def test_a_proposal_that_the_new_version_forbids_is_not_approved(release, manager_a, mary):
    row = adjustment.propose(actor(manager_a), clause(release), "上海市", Decimal(60), "x")
    release.clauses.filter(number="2.1").update(core=True)
    with pytest.raises(Refused):
        adjustment.decide(mary, row, approve=True, reason="x")
    release.clauses.filter(number="2.1").delete()
    with pytest.raises(Conflict):
        adjustment.decide(mary, row, approve=True, reason="x")
