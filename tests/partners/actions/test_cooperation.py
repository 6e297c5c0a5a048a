"""Plans through their five stages, with every refusal in words (R071–R075, R078)."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.actions import cooperation, cooperation_board
from partners.choices.cooperation import PlanStage, Side
from partners.models import Article, CooperationPlan, PlanReading
from partners.queries import cooperation as plans
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import cooperation as given

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(datetime(2026, 11, 2, 10, tzinfo=clock.LOCAL)):
        yield


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def alan(manager_a):
    return actor(manager_a)


def told(user) -> list[str]:
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("type", flat=True))


def test_a_plan_goes_through_all_five_stages(mary, alan, partner_a):
    row = given.plan_in(PlanStage.CLOSED, mary, alan, partner_a)
    assert row.ended_on == date(2026, 11, 2)
    verbs = list(entries_for(row).values_list("verb", flat=True))
    assert verbs.count("cooperation_advanced") == 5
    assert verbs[0] == "cooperation_written"


def test_both_sides_are_told_to_agree_and_of_the_agreement(mary, alan, partner_a, manager_a, brand_manager):
    row = given.plan(mary, partner_a)
    cooperation.agree(mary, row)
    assert told(manager_a) == ["plan.to_agree"]
    cooperation.agree(alan, row)
    assert told(brand_manager) == ["plan.agreed"]


def test_nobody_agrees_twice_or_for_somebody_else(mary, alan, partner_a, ann, manager_b):
    row = given.plan(mary, partner_a)
    cooperation.agree(alan, row)
    with pytest.raises(Conflict, match="已经同意"):
        cooperation.agree(alan, row)
    with pytest.raises(Refused):
        cooperation.agree(actor(ann), row)
    with pytest.raises(Refused):
        cooperation.agree(actor(manager_b), row)


def test_a_change_after_the_agreement_is_agreed_on_again(mary, alan, partner_a, manager_a):
    row = given.plan(mary, partner_a)
    cooperation.agree(mary, row)
    cooperation.agree(alan, row)
    row = cooperation.revised(mary, row, ["goals"])
    assert row.brand_agreed_at is None
    assert row.partner_agreed_at is None
    assert told(manager_a)[-1] == "plan.changed"
    with pytest.raises(Conflict, match="尚未同意"):
        cooperation.advance(mary, row)


def test_a_change_while_it_is_carried_out_leaves_the_agreement(mary, alan, partner_a):
    row = cooperation.revised(mary, given.plan_in(PlanStage.SERVICE, mary, alan, partner_a), ["resources"])
    assert row.brand_agreed_at is not None


@pytest.mark.parametrize("stage", list(PlanStage)[:5])
def test_only_brand_managers_move_it_on_and_only_when_it_is_complete(stage, mary, alan, partner_a):
    row = given.plan_in(stage, mary, alan, partner_a)
    with pytest.raises(Refused):
        cooperation.advance(alan, row)
    if stage == PlanStage.SERVICE:
        row.resources.update(provided_on=None)
    with pytest.raises(Conflict):
        cooperation.advance(mary, row)


def test_what_is_at_its_end_is_not_touched(mary, alan, partner_a):
    row = given.plan_in(PlanStage.CLOSED, mary, alan, partner_a)
    for act in (
        lambda: cooperation.advance(mary, row),
        lambda: cooperation.stop(mary, row, "x"),
        lambda: cooperation.revised(mary, row, ["x"]),
        lambda: cooperation_board.post(alan, row, "x"),
    ):
        with pytest.raises(Conflict):
            act()


def test_evaluation_and_experience_belong_to_their_stage_and_need_words(mary, alan, partner_a):
    row = given.plan(mary, partner_a)
    with pytest.raises(Conflict, match="属于"):
        cooperation.evaluate(mary, row, "达标", "")
    with pytest.raises(Conflict, match="属于"):
        cooperation.sum_up(mary, row, "经验")
    with pytest.raises(InvalidInput):
        cooperation.evaluate(mary, row, " ", "")
    with pytest.raises(InvalidInput):
        cooperation.sum_up(mary, row, " ")


def test_experience_is_offered_to_the_knowledge_base_once(mary, alan, partner_a):
    row = given.plan_in(PlanStage.EXPERIENCE, mary, alan, partner_a)
    row = cooperation.sum_up(mary, row, "先培训后派工。", offer=True)
    cooperation.sum_up(mary, row, "先培训后派工，效果好。", offer=True)
    article = Article.objects.get()
    assert row.article == article
    assert article.title == row.title
    assert article.state == "draft"


def test_a_stopped_plan_says_why(mary, alan, partner_a, manager_a):
    row = given.plan(mary, partner_a)
    with pytest.raises(InvalidInput):
        cooperation.stop(mary, row, " ")
    row = cooperation.stop(mary, row, "伙伴退出该产品线")
    assert row.stage == PlanStage.STOPPED
    assert told(manager_a)[-1] == "plan.stopped"


def test_a_plan_is_written_by_managers_of_its_region(brand, manager_a, partner_a):
    today = clock.today()
    values = {"number": "X", "title": "x", "valid_from": today, "valid_until": today}
    with pytest.raises(Refused):
        cooperation.write(actor(manager_a), CooperationPlan(partner=partner_a, **values))
    elsewhere = actor(make.member(Role.BRAND_MANAGER, brand, regions=("江苏省",)))
    with pytest.raises(Refused, match="区域"):
        cooperation.write(elsewhere, CooperationPlan(partner=partner_a, **values))


def test_a_plan_that_ends_before_it_begins_is_refused(mary, partner_a):
    wrong = CooperationPlan(
        partner=partner_a, number="X", title="x", valid_from=date(2026, 11, 2), valid_until=date(2026, 11, 1)
    )
    with pytest.raises(InvalidInput, match="早于"):
        cooperation.write(mary, wrong)


def test_goals_take_the_next_free_number(mary, partner_a):
    row = given.plan(mary, partner_a)
    row.goals.create(what="b", target=Decimal(1), unit="次", due_on=clock.today())
    row.goals.first().delete()
    row.goals.create(what="c", target=Decimal(1), unit="次", due_on=clock.today())
    assert sorted(row.goals.values_list("number", flat=True)) == ["HZ-001-1", "HZ-001-2"]


def test_r078_a_message_reaches_the_other_side_and_shows_who_has_read_it(mary, alan, partner_a, manager_a):
    row = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    Notice.objects.all().delete()
    paper = SimpleUploadedFile("通知.pdf", b"%PDF-1.7\n%%EOF\n")
    cooperation_board.post(mary, row, "新版接线图已发布", [paper])
    assert told(manager_a) == ["plan.posted"]
    assert plans.unread_count(alan) == 1
    cooperation_board.mark_read(alan, row)
    cooperation_board.mark_read(alan, row)
    assert plans.unread_count(alan) == 0
    (shown,) = plans.board(row)
    assert shown.readers == ["Alan"]
    assert [file.name for file in shown.files] == ["通知.pdf"]
    with clock.travel(datetime(2026, 11, 3, 9, tzinfo=clock.LOCAL)):
        cooperation_board.post(mary, row, "请查收")
        cooperation_board.mark_read(alan, row)
    assert PlanReading.objects.get().read_at.day == 3


def test_r078_read_by_names_the_other_side_alone(mary, alan, ann, service_desk, partner_a):
    row = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    cooperation_board.post(mary, row, "新版接线图已发布")
    cooperation_board.post(alan, row, "已收到")
    for user in (service_desk, ann):
        cooperation_board.mark_read(actor(user), row)
    cooperation_board.mark_read(mary, row)
    answer, question = plans.board(row)
    assert question.readers == [str(ann)]
    assert set(answer.readers) == {"Mary", str(service_desk)}


def test_r077_technicians_and_dispatchers_write_once_they_belong_to_the_group(mary, alan, ann, dispatcher_a, partner_a):
    row = given.plan_in(PlanStage.SERVICE, mary, alan, partner_a)
    for user in (ann, dispatcher_a):
        with pytest.raises(Refused, match="项目协调小组"):
            cooperation_board.post(actor(user), row, "x")
    today = clock.today()
    member = row.members.create(side=Side.PARTNER, name="Ann", function="技师", user=ann, since=today)
    assert cooperation_board.post(actor(ann), row, "已到货").side == Side.PARTNER
    member.since, member.until = today - timedelta(days=9), today - timedelta(days=1)
    member.save()
    with pytest.raises(Refused):
        cooperation_board.post(actor(ann), row, "x")


@pytest.mark.parametrize("text", ["", " ", "字" * 2001])
def test_r078_a_message_has_words(mary, partner_a, text):
    with pytest.raises(InvalidInput):
        cooperation_board.post(mary, given.plan(mary, partner_a), text)


def test_e01_a_message_takes_no_program(mary, partner_a):
    row = given.plan(mary, partner_a)
    with pytest.raises(InvalidInput) as refused:
        cooperation_board.post(mary, row, "见附件", [SimpleUploadedFile("a.pdf", b"MZ\x90\x00")])
    assert refused.value.field == "files"
    assert not row.posts.exists()


def test_r078_strangers_and_auditors_say_nothing(mary, partner_a, manager_b, auditor):
    row = given.plan(mary, partner_a)
    for user in (manager_b, auditor):
        with pytest.raises(Refused):
            cooperation_board.post(actor(user), row, "x")
    cooperation_board.mark_read(actor(auditor), row)
    assert not PlanReading.objects.exists()
