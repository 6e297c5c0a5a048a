"""A version's way from draft to force: who may, what is refused, and that running tickets stay with their own."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import sla_policy as policies
from tickets.actions import request
from tickets.actions import sla_policy as actions
from tickets.actions.settle import clocks_of, settle_ticket
from tickets.choices.sla_policy import PolicyStanding, PolicyState
from tickets.models import PolicyLine, PolicyVersion, SlaClock
from tickets.queries.sla_policy import as_policy, number_in_force, policy_in_force, policy_numbered, standing_of
from tickets.rules.sla_policy import DEFAULT_POLICY

pytestmark = pytest.mark.django_db
#: Lines of the standard, and the code of the first line that a draft of it adds.
MANY = len(DEFAULT_POLICY.lines)
NEXT = f"2-{MANY + 1:03d}"
DAY = datetime(2027, 1, 10, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def received():
    values = {"channel": "portal", "title": "无法启动", "contact_phone": "13700000001", "category": "fault"}
    return request.receive(policies.SYSTEM, **values)


def response(ticket):
    return next(result for result in clocks_of(ticket) if result.kind == "response")


def test_the_seeded_first_version_says_what_the_rules_say():
    seeded = policies.first()
    assert as_policy(seeded) == DEFAULT_POLICY
    assert (number_in_force(), standing_of(seeded)) == (1, PolicyStanding.IN_FORCE)
    assert policy_in_force() is DEFAULT_POLICY


def test_a_draft_is_a_copy_of_the_version_in_force(brand_manager):
    row = policies.draft(brand_manager)
    assert (row.number, row.state, row.author, row.based_on.number) == (2, "draft", brand_manager, 1)
    assert as_policy(row).lines == DEFAULT_POLICY.lines
    assert as_policy(row).pause_rules == DEFAULT_POLICY.pause_rules
    assert [line.code for line in row.lines.all()[:2]] == ["2-001", "2-002"]
    (entry,) = entries_for(row)
    assert "起草" in entry.sentence() or "draft" in entry.sentence()


def test_a_later_version_never_moves_a_running_ticket(side_a):
    with clock.travel(DAY):
        old = received()
        version = policies.in_force(response_R200=1)
        new = received()
        assert (old.policy_version, new.policy_version) == (1, version.number)
        assert response(old).due_at == DAY + timedelta(hours=2)
        assert response(new).due_at == DAY + timedelta(hours=1)
        before = list(SlaClock.objects.filter(ticket=old).order_by("kind").values())
        settle_ticket(old, clock.now())
        assert list(SlaClock.objects.filter(ticket=old).order_by("kind").values()) == before
        assert {row["policy_version"] for row in before} == {"1"}
    stored = SlaClock.objects.filter(ticket=new).values_list("policy_version", flat=True)
    assert set(stored) == {str(version.number)}


def test_a_version_of_tomorrow_is_not_in_force_today():
    with clock.travel(DAY):
        planned = policies.in_force(days=1)
        assert (standing_of(planned), number_in_force()) == (PolicyStanding.PLANNED, 1)
    with clock.travel(DAY + timedelta(days=1)):
        assert (standing_of(planned), number_in_force()) == (PolicyStanding.IN_FORCE, planned.number)
        assert standing_of(PolicyVersion.objects.get(number=1)) == PolicyStanding.SUPERSEDED


def test_no_query_for_a_policy_that_is_known(django_assert_num_queries):
    version = policies.in_force()
    policy_numbered(version.number)
    with django_assert_num_queries(0):
        assert policy_numbered(version.number) is policy_numbered(version.number)
        assert policy_numbered(1) is DEFAULT_POLICY


def test_a_contract_line_sets_the_clock_of_tickets_under_that_agreement():
    served = make.AgreementFactory(number="FW-9", tier="customised")
    row = policies.draft()
    special = policies.line(row, category="fault", clause="FW-9 §4", replaces="R200", contract="FW-9", limit=30)
    special.unit = "minute"
    actions.set_line(policies.SYSTEM, special)
    policies.advance(PolicyVersion.objects.get(pk=row.pk), PolicyState.IN_FORCE)
    ticket = received()
    ticket.agreement = served
    assert (response(ticket).line.clause, response(ticket).line.limit) == ("FW-9 §4", 30)


# Review


def test_r038_legal_approves_and_the_manager_dates(brand_manager, legal):
    mary, lena = actor(brand_manager), actor(legal)
    row = actions.send(mary, policies.draft(brand_manager))
    row = actions.approve(lena, row, "符合合同条款")
    assert (row.state, row.reviewer, row.remarks) == ("approved", legal, "符合合同条款")
    row = actions.take_effect(mary, row, clock.today())
    assert (row.state, row.effective_on, number_in_force()) == ("in_force", clock.today(), row.number)
    verbs = [entry.verb for entry in entries_for(row)]
    assert verbs == ["policy_drafted", "policy_sent", "policy_approved", "policy_dated"]


def test_r038_legal_returns_with_remarks_and_the_draft_can_be_changed_again(brand_manager, legal):
    row = actions.send(actor(brand_manager), policies.draft(brand_manager))
    with pytest.raises(InvalidInput):
        actions.return_(actor(legal), row, " ")
    row = actions.return_(actor(legal), row, "第四条须写明节假日")
    assert (row.state, row.remarks) == ("draft", "第四条须写明节假日")
    assert actions.send(actor(brand_manager), row).state == "in_review"


def test_r038_legal_is_told_what_waits_and_the_author_what_became_of_it(brand_manager, legal):
    row = actions.send(actor(brand_manager), policies.draft(brand_manager))
    assert list(Notice.objects.filter(type="policy.to_review").values_list("user", flat=True)) == [legal.pk]
    actions.return_(actor(legal), row, "第5条请补充依据")
    told = Notice.objects.get(type="policy.reviewed")
    assert (told.user, "第5条请补充依据" in told.body) == (brand_manager, True)


def test_a_dated_version_can_be_withdrawn_until_its_day(brand_manager, legal):
    with clock.travel(DAY):
        row = actions.send(actor(brand_manager), policies.draft(brand_manager))
        row = actions.approve(actor(legal), row)
        with pytest.raises(InvalidInput):
            actions.take_effect(actor(brand_manager), row, date(9999, 12, 31))
        row = actions.take_effect(actor(brand_manager), row, date(2027, 2, 1))
    with clock.travel(datetime(2027, 2, 1, 0, 0, tzinfo=ZoneInfo("Asia/Shanghai"))), pytest.raises(Conflict):
        actions.withdraw(actor(brand_manager), row, "误操作")
    with clock.travel(DAY):
        row = actions.withdraw(actor(brand_manager), row, "误操作")
        assert (row.state, row.effective_on) == (PolicyState.WITHDRAWN, None)


@pytest.mark.parametrize("who", ["brand_manager", "service_desk", "technical", "marketing", "auditor"])
def test_r038_nobody_but_legal_reviews(request, who):
    row = policies.advance(policies.draft(), "in_review")
    person = actor(request.getfixturevalue(who))
    for review in (actions.approve, actions.return_):
        with pytest.raises(Refused):
            review(person, row, "同意")


def test_r038_nobody_reviews_his_own_policy(legal):
    row = policies.advance(policies.draft(), "in_review")
    PolicyVersion.objects.filter(pk=row.pk).update(author=legal)  # he was a manager when he wrote it
    with pytest.raises(Refused):
        actions.approve(actor(legal), row, "同意")


@pytest.mark.parametrize("who", ["legal", "service_desk", "technical", "marketing", "auditor", "administrator"])
def test_r036_only_brand_managers_draft(request, who):
    with pytest.raises(Refused):
        actions.draft(actor(request.getfixturevalue(who)), "2027")


def test_a_manager_of_some_regions_does_not_change_what_holds_in_all(brand):
    local = make.member("brand_manager", brand, regions=["上海市"])
    with pytest.raises(Refused):
        actions.draft(actor(local), "2027")


@pytest.mark.parametrize("state", [PolicyState.IN_REVIEW, PolicyState.APPROVED, PolicyState.IN_FORCE])
def test_what_is_no_draft_is_not_edited(state):
    row = policies.advance(policies.draft(), state)
    line = row.lines.first()
    for change in (actions.set_line, actions.remove_line):
        with pytest.raises(Conflict):
            change(policies.SYSTEM, line)
    with pytest.raises(Conflict):
        actions.set_pause(policies.SYSTEM, row.pauses.first())


@pytest.mark.parametrize("days", [-1, 0])
def test_a_day_in_the_past_or_taken_is_refused(days):
    with clock.travel(DAY):
        policies.in_force()
        row = policies.advance(policies.draft(), PolicyState.APPROVED)
        with pytest.raises(InvalidInput):
            actions.take_effect(policies.SYSTEM, row, clock.today() + timedelta(days=days))
        assert actions.take_effect(policies.SYSTEM, row, clock.today() + timedelta(days=1)).state == "in_force"


def test_a_version_is_withdrawn_with_a_reason_until_it_is_dated():
    row = policies.advance(policies.draft(), PolicyState.APPROVED)
    with pytest.raises(InvalidInput):
        actions.withdraw(policies.SYSTEM, row, "")
    assert actions.withdraw(policies.SYSTEM, row, "改为明年").state == "withdrawn"
    with pytest.raises(Conflict):
        actions.withdraw(policies.SYSTEM, policies.in_force(), "改为明年")


# Lines


def test_a_line_is_added_changed_and_removed_and_the_journal_says_so(brand_manager):
    mary, row = actor(brand_manager), policies.draft(brand_manager)
    added = actions.set_line(mary, policies.line(row, category="fault", tier="customised", clause="T1"))
    assert added.code == NEXT
    added.limit = 3
    actions.set_line(mary, added)
    assert PolicyLine.objects.get(code=NEXT).limit == 3
    actions.remove_line(mary, added)
    assert not PolicyLine.objects.filter(code=NEXT).exists()
    assert [entry.verb for entry in entries_for(row)][1:] == ["policy_changed"] * 3


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"limit": 0}, "limit"),
        ({"unit": "fortnight"}, "unit"),
        ({"warn_at": "80, 50"}, "warn_at"),
        ({"warn_at": "50, 50"}, "warn_at"),
        ({"warn_at": "50, 120"}, "warn_at"),
        ({"clause": ""}, "clause"),
        ({"region": "月球"}, "region"),
        ({"kind": "lunch"}, "kind"),
        ({"clause": "R200", "category": "fault"}, "clause"),
        ({"clause": "R200", "category": "fault", "region": "上海市"}, "region"),
        ({"replaces": "R200", "region": "上海市"}, "region"),
        ({"replaces": "R999", "tier": "basic"}, "replaces"),
        ({"contract": "FW-404"}, "contract"),
    ],
)
def test_a_line_that_cannot_be_is_refused_by_field(values, field):
    row = policies.draft()
    with pytest.raises(ValidationError) as refused:
        actions.set_line(policies.SYSTEM, policies.line(row, **values))
    assert field in refused.value.message_dict
    assert row.lines.count() == MANY


def test_r100_a_region_may_replace_a_clause_that_is_not_core():
    row = policies.draft()
    local = policies.line(row, "arrival", category="fault", clause="R208", region="西藏自治区", limit=96)
    assert actions.set_line(policies.SYSTEM, local).code == NEXT


def test_a_version_without_a_limit_for_a_clock_is_not_sent():
    row = policies.draft()
    actions.remove_line(policies.SYSTEM, row.lines.get(kind="acceptance"))
    with pytest.raises(InvalidInput, match="接收工单"):
        actions.send(policies.SYSTEM, row)


def test_a_pause_is_changed(brand_manager):
    row = policies.draft(brand_manager)
    pause = row.pauses.get(reason="parts")
    pause.cap_hours = 72
    actions.set_pause(actor(brand_manager), pause)
    assert as_policy(row).pause_rules["parts"].cap == timedelta(days=3)


@pytest.mark.parametrize(
    "values",
    [
        {"state": "in_force"},
        {"state": "draft", "effective_on": date(2027, 1, 1)},
        {"state": "approved"},
        {"state": "gone"},
    ],
)
def test_the_database_refuses_a_version_that_cannot_be(values):
    row = policies.draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=row.pk).update(**values)


def test_the_database_refuses_two_versions_on_a_day_and_a_line_twice():
    version, row = policies.in_force(), policies.advance(policies.draft(), PolicyState.APPROVED)
    values = {"state": "in_force", "effective_on": version.effective_on}
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyVersion.objects.filter(pk=row.pk).update(**values)
    first = row.lines.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyLine.objects.filter(pk=row.lines.last().pk).update(kind=first.kind, clause=first.clause, category="")
