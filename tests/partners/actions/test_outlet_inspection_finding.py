"""Findings until they are settled; each refusal with its reason (R182, I05)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from partners.actions import outlet_inspection as inspecting
from partners.actions import outlet_inspection_finding as deeds
from partners.actions import outlet_inspection_plan as planning
from partners.choices.outlet_inspection import FindingState, Grade, InspectionState, Result
from partners.models import OutletInspectionFinding
from partners.tasks.outlet_inspection import tell_overdue_findings
from portal.accounts.roles import Role
from portal.files.models import Attachment
from portal.journal.log import entries_for, subject_of
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import outlet_inspection as inspect

pytestmark = pytest.mark.django_db


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def alan(manager_a):
    return actor(manager_a)


@pytest.fixture
def inspection(mary, outlet_a):
    return inspect.submitted(mary, outlet_a, i1_1=Result.PARTLY, i5_1=Result.FAIL)


@pytest.fixture
def finding(inspection):
    return inspection.findings.order_by("due_on").first()


def last_sentence(row):
    return entries_for(row).last().sentence()


def test_reported_with_evidence_and_accepted(mary, alan, inspection, finding, brand_manager, manager_a):
    row = deeds.report(alan, finding, "已更换绝缘手套", [inspect.photo()])
    assert row.state == FindingState.REPORTED
    assert Attachment.objects.filter(subject=subject_of(row)).count() == 1
    assert "已更换绝缘手套" in last_sentence(inspection)
    assert Notice.objects.filter(user=brand_manager, type="finding.reported").count() == 1
    row = deeds.accept(mary, row)
    assert row.state == FindingState.ACCEPTED
    assert Notice.objects.get(user=manager_a, type="finding.accepted").link_path == f"/field/findings/{row.pk}/"


def test_a_report_needs_words_and_evidence(alan, finding):
    for measures, evidence, field in ((" ", [inspect.photo()], "measures"), ("已更换", [], "photos")):
        with pytest.raises(InvalidInput) as refused:
            deeds.report(alan, finding, measures, evidence)
        assert refused.value.field == field


def test_who_may_not(mary, alan, finding, manager_b, ann, auditor):
    for stranger in (actor(manager_b), actor(ann), mary, actor(auditor)):
        with pytest.raises(Refused):
            deeds.report(stranger, finding, "已更换", [inspect.photo()])
    with pytest.raises(Conflict):
        deeds.accept(mary, finding)
    deeds.report(alan, finding, "已更换", [inspect.photo()])
    with pytest.raises(Refused):
        deeds.accept(alan, finding)
    with pytest.raises(Conflict):
        deeds.report(alan, finding, "又更换", [inspect.photo()])


def test_sent_back_with_a_reason_and_a_later_day(mary, alan, finding, manager_a):
    deeds.report(alan, finding, "已更换", [inspect.photo()])
    with pytest.raises(InvalidInput):
        deeds.send_back(mary, finding, " ")
    with pytest.raises(InvalidInput) as past:
        deeds.send_back(mary, finding, "照片看不清", clock.today() - timedelta(days=1))
    assert past.value.field == "due_on"
    later = clock.today() + timedelta(days=20)
    row = deeds.send_back(mary, finding, "照片看不清", later)
    assert (row.state, row.due_on, row.decision) == (FindingState.OPEN, later, "照片看不清")
    assert "照片看不清" in Notice.objects.get(user=manager_a, type="finding.sent_back").body
    row = deeds.send_back(mary, deeds.report(alan, row, "重新拍照", [inspect.photo()]), "仍看不清")
    assert row.due_on == later


def test_an_objection_once_and_kept(mary, alan, finding):
    with pytest.raises(InvalidInput):
        deeds.object_to(alan, finding, "")
    with pytest.raises(Conflict):
        deeds.answer_objection(mary, finding, "不成立", upheld=False)
    deeds.object_to(alan, finding, "当天设备在检修")
    with pytest.raises(Conflict):
        deeds.object_to(alan, finding, "再说一次")
    with pytest.raises(InvalidInput):
        deeds.answer_objection(mary, finding, " ", upheld=False)
    row = deeds.answer_objection(mary, finding, "检修也须防护", upheld=False)
    assert row.state == FindingState.OPEN
    assert not row.waits_for_answer


def test_an_objection_upheld_reckons_the_score_anew(mary, alan, inspection, finding):
    assert inspection.grade == Grade.FAILED
    deeds.object_to(alan, finding, "手套在有效期内，附检测报告")
    row = deeds.answer_objection(mary, finding, "属实。", upheld=True)
    inspection.refresh_from_db()
    assert row.state == FindingState.DROPPED
    assert (inspection.score, inspection.core_failures, inspection.grade) == (Decimal("87.50"), 0, Grade.PASSED)
    assert "87.50" in last_sentence(inspection)
    assert inspection.answers.get(pk=row.answer_id).result == Result.FAIL


def test_the_partner_names_who_sees_to_it(alan, finding, ann_staff, bob_staff):
    assert deeds.assign_owner(alan, finding, ann_staff).owner == ann_staff
    with pytest.raises(InvalidInput):
        deeds.assign_owner(alan, finding, bob_staff)


def test_a_re_check_looks_at_what_is_not_settled_only(mary, alan, inspection, finding):
    deeds.accept(mary, deeds.report(alan, finding, "已更换", [inspect.photo()]))
    again = planning.order_re_check(mary, inspection, clock.today())
    with pytest.raises(Conflict):
        planning.order_re_check(mary, inspection, clock.today())
    again = inspecting.begin(mary, again)
    assert [row.item.number for row in again.answers.select_related("item")] == ["1.1"]
    again = inspecting.submit(mary, inspect.answered(mary, again))
    assert again.state == InspectionState.CLOSED
    assert not again.findings.exists()
    left = inspection.findings.exclude(pk=finding.pk).get()
    assert left.state == FindingState.ACCEPTED
    assert again.number in left.decision
    inspection = inspecting.close(mary, inspection)
    assert inspection.state == InspectionState.CLOSED
    with pytest.raises(Conflict):
        planning.order_re_check(mary, inspection, clock.today())


def test_a_re_check_that_finds_it_again_opens_it_again(mary, inspection, finding):
    again = inspecting.begin(mary, planning.order_re_check(mary, inspection, clock.today()))
    inspect.answered(mary, again, i1_1=Result.NOT_APPLICABLE, i5_1=Result.FAIL)
    inspecting.submit(mary, again)
    finding.refresh_from_db()
    assert (finding.state, finding.decision) == (FindingState.OPEN, "灯箱不亮")
    assert inspection.findings.get(answer__item__number="1.1").state == FindingState.OPEN
    assert "0" in last_sentence(inspection)


def test_re_checks_are_refused_with_the_reason(mary, alan, inspection, dispatcher_b):
    with pytest.raises(Refused):
        planning.order_re_check(alan, inspection, clock.today())
    with pytest.raises(InvalidInput):
        planning.order_re_check(mary, inspection, clock.today() - timedelta(days=1))
    with pytest.raises(InvalidInput):
        planning.order_re_check(mary, inspection, clock.today(), dispatcher_b)
    for row in inspection.findings.all():
        deeds.accept(mary, deeds.report(alan, row, "已改", [inspect.photo()]))
    with pytest.raises(Conflict):
        planning.order_re_check(mary, inspection, clock.today())


def test_overdue_is_told_to_both_sides_once_a_week(inspection, finding, brand_manager, manager_a):
    def told():
        return [Notice.objects.filter(user=user, type="finding.overdue").count() for user in (manager_a, brand_manager)]

    day = finding.due_on + timedelta(days=1)
    assert deeds.tell_overdue(finding.due_on) == 0
    for later, count in ((0, 1), (0, 1), (6, 1), (7, 2)):
        with clock.travel(clock.end_of(day + timedelta(days=later))):
            tell_overdue_findings.call()
        assert told() == [count, count]
    with clock.travel(clock.end_of(day)):
        assert OutletInspectionFinding.objects.overdue().get() == finding


def test_a_dispatcher_sees_his_own_outlet_only(mary, inspection, finding, dispatcher_a, partner_a):
    other = make.OutletFactory(partner=partner_a, code="W-A2", name="A二店")
    elsewhere = inspect.submitted(mary, other, i1_1=Result.FAIL).findings.get()
    dick = actor(dispatcher_a)
    deeds.report(dick, finding, "已更换", [inspect.photo()])
    with pytest.raises(Refused):
        deeds.report(dick, elsewhere, "已更换", [inspect.photo()])
    roving = actor(make.member(Role.DISPATCHER, partner_a.organisation, username="roving"))
    assert set(OutletInspectionFinding.objects.visible_to(roving)) >= {finding, elsewhere}
