"""Planned, begun, answered, submitted, closed; each refusal with its reason (R109–R114, R182, I05)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.actions import outlet_inspection as deeds
from partners.actions import outlet_inspection_plan as planning
from partners.choices.outlet_inspection import FindingState, Grade, InspectionKind, InspectionState, Result, Severity
from partners.models import OutletInspection
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
FAULTS = {"i1_1": Result.PARTLY, "i5_1": Result.FAIL}


@pytest.fixture
def mary(brand_manager):
    return actor(brand_manager)


@pytest.fixture
def alan(manager_a):
    return actor(manager_a)


def told(user, code):
    return list(Notice.objects.filter(user=user, type=code))


def test_a_regular_inspection_is_planned_and_told(mary, outlet_a, manager_a):
    row = inspect.planned(mary, outlet_a)
    assert row.state == InspectionState.PLANNED
    assert row.number.startswith("JC")
    assert "A服务网点" in entries_for(row).get().sentence()
    assert told(manager_a, "inspection.planned")[0].link_path == f"/inspect/{row.number}/"


@pytest.mark.parametrize("kind", [InspectionKind.MYSTERY, InspectionKind.RANDOM])
def test_what_is_not_announced_is_told_nobody(mary, alan, outlet_a, manager_a, kind):
    row = inspect.planned(mary, outlet_a, kind=kind)
    assert not told(manager_a, "inspection.planned")
    assert not OutletInspection.objects.visible_to(alan).exists()
    deeds.begin(mary, row)
    assert OutletInspection.objects.visible_to(alan).exists() is (kind == InspectionKind.RANDOM)
    inspect.answered(mary, row)
    deeds.submit(mary, row)
    assert OutletInspection.objects.visible_to(alan).get().is_done
    assert told(manager_a, "inspection.submitted")


def test_planning_is_refused_with_the_reason(mary, alan, outlet_a, outlet_b, brand, dispatcher_b):
    check_list = inspect.check_list_of(mary)
    today = clock.today()
    with pytest.raises(Refused):
        planning.plan(alan, outlet_a, check_list, today)
    regional = actor(make.member(Role.BRAND_MANAGER, brand, regions=("上海市",), username="regional"))
    with pytest.raises(Refused):
        planning.plan(regional, outlet_b, check_list, today)
    with pytest.raises(InvalidInput) as past:
        planning.plan(mary, outlet_a, check_list, today - timedelta(days=1))
    assert past.value.field == "planned_on"
    with pytest.raises(InvalidInput) as who:
        planning.plan(mary, outlet_a, check_list, today, inspector=dispatcher_b)
    assert who.value.field == "inspector"
    check_list.versions.update(valid_from=today + timedelta(days=9))
    with pytest.raises(InvalidInput) as early:
        planning.plan(mary, outlet_a, check_list, today)
    assert early.value.field == "check_list"


def test_the_whole_way_of_an_inspection_without_faults(mary, outlet_a):
    row = inspect.submitted(mary, outlet_a)
    assert (row.state, row.score, row.grade) == (InspectionState.SUBMITTED, Decimal("100.00"), Grade.EXCELLENT)
    row = deeds.close(mary, row)
    assert row.state == InspectionState.CLOSED
    verbs = list(entries_for(row).values_list("verb", flat=True))
    assert verbs == ["inspection_planned", "begin_inspection", "submit_inspection", "close_inspection"]


def test_faults_become_findings_with_deadlines(mary, outlet_a, manager_a):
    row = inspect.submitted(mary, outlet_a, **FAULTS)
    assert (row.state, row.grade, row.core_failures) == (InspectionState.RECTIFYING, Grade.FAILED, 1)
    assert row.score == Decimal("37.50")  # 1 + 1 + 1 of 8
    core, other = row.findings.order_by("due_on")
    assert (core.severity, other.severity) == (Severity.CORE, Severity.OTHER)
    assert core.due_on == clock.today() + timedelta(days=1)
    assert core.owner.name == "Alan"
    assert core.state == FindingState.OPEN
    assert "37.50" in told(manager_a, "inspection.submitted")[0].title
    with pytest.raises(Conflict, match="2"):
        deeds.close(mary, row)


def test_partly_makes_no_finding_where_the_list_says_so(mary, outlet_a):
    inspect.released(mary).check_list.versions.update(partly_too=False)
    row = inspect.submitted(mary, outlet_a, i1_1=Result.PARTLY)
    assert row.state == InspectionState.SUBMITTED
    assert not row.findings.exists()


def test_nothing_is_submitted_before_it_is_complete(mary, outlet_a):
    row = inspect.under_way(mary, outlet_a)
    first = row.answers.first()
    deeds.answer(mary, first, Result.FAIL)
    with pytest.raises(InvalidInput) as refused:
        deeds.submit(mary, row)
    assert refused.value.field == "gaps"
    assert "1.1" in str(refused.value)
    row.refresh_from_db()
    assert row.state == InspectionState.UNDER_WAY


def test_more_gaps_than_a_sentence_holds_are_counted(mary, outlet_a):
    items = tuple({"number": f"1.{n}", "section": "signage", "text": "项目"} for n in range(7))
    inspect.released(mary, items=items)
    with pytest.raises(InvalidInput, match="2"):
        deeds.submit(mary, inspect.under_way(mary, outlet_a))


def test_an_answer_is_kept_at_once_and_may_be_changed(mary, outlet_a):
    row = inspect.under_way(mary, outlet_a)
    one = row.answers.first()
    deeds.answer(mary, one, Result.FAIL, "灯箱不亮", [inspect.photo()])
    changed = deeds.answer(mary, one, Result.PASS)
    assert changed.result == Result.PASS
    assert changed.history.count() == 3
    assert Attachment.objects.filter(subject=subject_of(one)).count() == 1


def test_answers_are_refused_with_the_reason(mary, alan, outlet_a, brand, auditor):
    row = inspect.under_way(mary, outlet_a)
    one = row.answers.first()
    with pytest.raises(InvalidInput) as odd:
        deeds.answer(mary, one, "great")
    assert odd.value.field == "result"
    for stranger in (alan, actor(auditor)):
        with pytest.raises(Refused):
            deeds.answer(stranger, one, Result.PASS)
    colleague = actor(make.member(Role.BRAND_MANAGER, brand, username="max", name="Max"))
    with pytest.raises(Refused, match="Mary"):
        deeds.answer(colleague, one, Result.PASS)
    with pytest.raises(Refused, match="Mary"):
        deeds.submit(colleague, row)
    inspect.answered(mary, row)
    deeds.submit(mary, row)
    with pytest.raises(Conflict):
        deeds.answer(mary, one, Result.FAIL)


def test_e01_what_is_no_picture_is_refused(mary, outlet_a):
    one = inspect.under_way(mary, outlet_a).answers.first()
    page = SimpleUploadedFile("现场.png", b"<html><script>1</script></html>", content_type="image/png")
    with pytest.raises(InvalidInput):
        deeds.answer(mary, one, Result.FAIL, "灯箱不亮", [page])
    one.refresh_from_db()
    assert one.result == ""


def test_e08_the_photos_of_an_item_are_limited(mary, outlet_a):
    one = inspect.under_way(mary, outlet_a).answers.first()
    with pytest.raises(InvalidInput) as many:
        deeds.answer(mary, one, Result.FAIL, "灯箱不亮", [inspect.photo() for _ in range(deeds.MOST_PHOTOS + 1)])
    assert many.value.field == "photos"


def test_c02_pressing_submit_twice_makes_one(mary, outlet_a):
    row = inspect.answered(mary, inspect.under_way(mary, outlet_a), **FAULTS)
    for _press in range(2):
        deeds.submit(mary, row, key="0123")
    assert row.findings.count() == 2
    assert entries_for(row).filter(verb="submit_inspection").count() == 1


def test_c08_a_stale_form_is_told(mary, outlet_a, brand_manager):
    row = inspect.planned(mary, outlet_a)
    planning.assign(mary, row, brand_manager, clock.today(), version=row.version)
    with pytest.raises(Conflict):
        planning.assign(mary, row, brand_manager, clock.today(), version=row.version)


def test_somebody_else_takes_it_over(mary, outlet_a, manager_a, brand, dispatcher_b):
    row = inspect.under_way(mary, outlet_a)
    max_ = make.member(Role.BRAND_MANAGER, brand, username="max", name="Max")
    row = planning.assign(mary, row, max_, row.planned_on + timedelta(days=1))
    assert told(manager_a, "inspection.moved")
    assert told(max_, "inspection.given")[0].link_path == f"/inspect/{row.number}/"
    assert row.state == InspectionState.UNDER_WAY
    assert entries_for(row).last().verb == "assign_inspection"
    deeds.answer(actor(max_), row.answers.first(), Result.PASS)
    with pytest.raises(InvalidInput):
        planning.assign(mary, row, dispatcher_b, row.planned_on)
    with pytest.raises(InvalidInput):
        planning.assign(mary, row, max_, clock.today() - timedelta(days=1))


def test_a_cancelled_one_says_why_and_cannot_begin(mary, outlet_a, manager_a):
    row = inspect.planned(mary, outlet_a)
    with pytest.raises(InvalidInput) as silent:
        deeds.cancel(mary, row, " ")
    assert silent.value.field == "reason"
    deeds.cancel(mary, row, "网点装修")
    with pytest.raises(Conflict):
        deeds.begin(mary, row)
    assert "网点装修" in entries_for(row).last().sentence()
    assert "网点装修" in told(manager_a, "inspection.cancelled")[0].body
    deeds.cancel(mary, inspect.planned(mary, outlet_a, kind=InspectionKind.MYSTERY), "顾客临时无法前往")
    assert len(told(manager_a, "inspection.cancelled")) == 1


def test_a_partner_inspects_his_own_outlet(alan, mary, outlet_a, outlet_b, brand_manager):
    check_list = inspect.check_list_of(mary)
    row = deeds.begin_self(alan, outlet_a, check_list)
    with pytest.raises(Conflict, match=row.number):
        deeds.begin_self(alan, outlet_a, check_list)
    with pytest.raises(Refused):
        deeds.begin_self(alan, outlet_b, check_list)
    with pytest.raises(Refused):
        deeds.begin_self(mary, outlet_a, check_list)
    inspect.answered(alan, row, i1_1=Result.FAIL)
    row = deeds.submit(alan, row)
    assert row.findings.count() == 1
    assert told(brand_manager, "inspection.submitted")


def test_a01_rows_of_strangers_are_refused(mary, outlet_a, manager_b, brand):
    row = inspect.planned(mary, outlet_a)
    regional = actor(make.member(Role.BRAND_MANAGER, brand, regions=("江苏省",), username="regional"))
    with pytest.raises(Refused):
        deeds.begin(regional, row)
    with pytest.raises(Refused):
        deeds.cancel(actor(manager_b), row, "x")


def test_a_signature_is_kept_for_who_sees_the_result(mary, outlet_a):
    row = inspect.answered(mary, inspect.under_way(mary, outlet_a))
    drawn = (
        "data:image/png;base64,"
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    row = deeds.submit(mary, row, representative="王店长", signature=drawn)
    assert Attachment.objects.get(subject=subject_of(row)).kind == "signature"
