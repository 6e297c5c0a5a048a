"""Tools are registered, changed, calibrated and told of in time; each refusal with its reason (R179)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from partners.actions import tool as actions
from partners.actions import tool_calibration as calibrations
from partners.choices.tool import CalibrationState, CheckResult, NeedState, ToolState
from partners.models import Calibration, CalibrationWarning, Tool
from partners.queries.tool import lacking, late_count, measuring, narrowed, outlet_tools
from partners.queries.tool_files import with_files
from partners.tasks.tool import warn_of_tools
from portal.accounts.actor import Actor
from portal.files.access import may_read
from portal.files.models import Attachment
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories.tool import ToolFactory, ToolTypeFactory, calibrated

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def alan(manager_a) -> Actor:
    return actor(manager_a)


@pytest.fixture
def tom(technical) -> Actor:
    return actor(technical)


@pytest.fixture
def tool(outlet_a) -> Tool:
    return ToolFactory(outlet=outlet_a)


def paper(tool, **values):
    given = {"checked_on": clock.today(), "body": "计量院", "certificate_number": "JZ-1", **values}
    return Calibration(tool=tool, **given)


def test_a_manager_registers_and_the_portal_numbers(alan, outlet_a, ann_staff):
    row = actions.add(alan, Tool(type=ToolTypeFactory(), outlet=outlet_a, holder=ann_staff))
    assert row.number.startswith("GJ")
    assert entries_for(row).last().verb == "tool_added"
    assert row.history.get().history_user_id == alan.user_id


@pytest.mark.parametrize("who", ["dispatcher_a", "ann", "auditor", "legal"])
def test_others_keep_no_tools(request, who, outlet_a, tool):
    person = actor(request.getfixturevalue(who))
    with pytest.raises(Refused):
        actions.add(person, Tool(type=tool.type, outlet=outlet_a))
    with pytest.raises(Refused):
        actions.change(person, tool, note="x")
    with pytest.raises(Refused):
        actions.set_state(person, tool, ToolState.RETIRED, "old")
    with pytest.raises(Refused):
        calibrations.record(person, paper(tool))


def test_a_stranger_touches_nothing(manager_b, outlet_a, tool):
    bill = actor(manager_b)
    with pytest.raises(Refused, match="not yours"):
        actions.add(bill, Tool(type=tool.type, outlet=outlet_a))
    for deed in (
        lambda: actions.change(bill, tool, note="x"),
        lambda: actions.set_state(bill, tool, ToolState.RETIRED, "mine"),
        lambda: calibrations.record(bill, paper(tool)),
    ):
        with pytest.raises(Refused):
            deed()


def test_what_is_typed_wrong_names_its_field(alan, outlet_a, bob_staff, tool):
    off = ToolTypeFactory(active=False)
    for wrong, field in (
        ({"type": off}, "type"),
        ({"holder": bob_staff}, "holder"),
        ({"bought_on": clock.today() + timedelta(days=1)}, "bought_on"),
        ({"number": tool.number}, "number"),
    ):
        with pytest.raises(InvalidInput) as caught:
            actions.add(alan, Tool(**{"type": tool.type, "outlet": outlet_a, **wrong}))
        assert caught.value.field == field


def test_a_change_is_journaled_and_nothing_changed_says_nothing(alan, tool, ann_staff):
    before = entries_for(tool).count()
    assert actions.change(alan, tool, note=tool.note) == tool
    assert entries_for(tool).count() == before
    assert actions.change(alan, tool, holder=ann_staff, serial="X1").holder == ann_staff
    assert entries_for(tool).last().verb == "tool_changed"


def test_a_tool_stays_with_its_partner(brand_manager, tool, outlet_b, outlet_a):
    with pytest.raises(InvalidInput, match="one partner"):
        actions.change(actor(brand_manager), tool, outlet=outlet_b)
    other = make.OutletFactory(partner=outlet_a.partner, code="W-A2")
    assert actions.change(actor(brand_manager), tool, outlet=other).outlet == other


def test_states_go_as_the_table_says(alan, tool):
    with pytest.raises(InvalidInput, match="Say why"):
        actions.set_state(alan, tool, ToolState.OUT_OF_ORDER)
    assert actions.set_state(alan, tool, ToolState.OUT_OF_ORDER, "screen").state == ToolState.OUT_OF_ORDER
    with pytest.raises(Conflict):
        actions.set_state(alan, tool, ToolState.OUT_OF_ORDER, "again")
    actions.set_state(alan, tool, ToolState.RETIRED, "worn")
    with pytest.raises(Conflict, match="stays as it is"):
        actions.change(alan, tool, note="x")
    with pytest.raises(Conflict, match="stays retired"):
        actions.set_state(alan, tool, ToolState.IN_USE, "sorry")
    with pytest.raises(Conflict, match="not calibrated any more"):
        calibrations.record(alan, paper(tool))


def test_a_calibration_with_its_paper_opens_the_tool(alan, tool, manager_b, ann):
    assert tool.calibration == CalibrationState.NEVER
    upload = SimpleUploadedFile("证书.pdf", PDF, "application/pdf")
    row = calibrations.record(alan, paper(tool), upload)
    tool.refresh_from_db()
    assert tool.calibration == CalibrationState.VALID
    assert tool.measures
    ((shown, (file,)),) = with_files(tool)
    assert (shown, file.name) == (row, "证书.pdf")
    assert may_read(alan, file)
    assert may_read(actor(ann), file)
    assert not may_read(actor(manager_b), file)
    assert "JZ-1" in entries_for(tool).last().sentence()


def test_a_bad_file_records_nothing(alan, tool):
    with pytest.raises(InvalidInput) as caught:
        calibrations.record(alan, paper(tool), SimpleUploadedFile("x.pdf", b"<html>", "application/pdf"))
    assert caught.value.field == "file"
    assert not Calibration.objects.exists()
    assert not Attachment.objects.exists()


def test_dates_that_cannot_be(alan, tool):
    tool.bought_on = clock.today() - timedelta(days=10)
    tool.save()
    for day in (clock.today() + timedelta(days=1), clock.today() - timedelta(days=11)):
        with pytest.raises(InvalidInput) as caught:
            calibrations.record(alan, paper(tool, checked_on=day))
        assert caught.value.field == "checked_on"
    free = ToolFactory(outlet=tool.outlet, type=ToolTypeFactory(interval_months=None))
    with pytest.raises(InvalidInput, match="no calibration"):
        calibrations.record(alan, paper(free))
    calibrations.record(alan, paper(tool))
    with pytest.raises(InvalidInput, match="already"):
        calibrations.record(alan, paper(tool))


def test_a_failure_takes_it_out_and_tells_the_brand_a_pass_brings_it_back(alan, tool, technical):
    calibrations.record(alan, paper(tool, result=CheckResult.FAILED))
    tool.refresh_from_db()
    assert (tool.state, tool.calibration) == (ToolState.OUT_OF_ORDER, CalibrationState.FAILED)
    assert Notice.objects.get(type="tool.failed").user == technical
    old = paper(tool, certificate_number="OLD", checked_on=clock.today() - timedelta(days=90))
    calibrations.record(alan, old)  # an older paper changes nothing
    tool.refresh_from_db()
    assert tool.failed
    calibrations.record(alan, paper(tool, certificate_number="JZ-2"))
    tool.refresh_from_db()
    assert (tool.state, tool.failed) == (ToolState.IN_USE, False)


def test_a_calibration_mends_no_tool_that_is_broken_otherwise(alan, tom, tool):
    calibrated(tool, clock.today() - timedelta(days=400))
    tool.refresh_from_db()
    actions.set_state(alan, tool, ToolState.OUT_OF_ORDER, "表笔断裂")
    calibrated(tool)
    tool.refresh_from_db()
    assert tool.state == ToolState.OUT_OF_ORDER


def test_a_rejected_pass_lets_the_failure_before_it_count_again(tom, tool):
    calibrated(tool, clock.today() - timedelta(days=2), CheckResult.FAILED)
    passed = calibrated(tool, clock.today() - timedelta(days=1))
    tool.refresh_from_db()
    assert tool.state == ToolState.IN_USE
    calibrations.reject(tom, passed, "证书编号不符")
    tool.refresh_from_db()
    assert tool.state == ToolState.OUT_OF_ORDER


def test_the_brand_rejects_with_a_reason_and_the_one_before_counts(alan, tom, manager_a, tool):
    long_ago = clock.today() - timedelta(days=400)
    calibrations.record(alan, paper(tool, checked_on=long_ago))
    row = calibrations.record(alan, paper(tool, certificate_number="JZ-2"))
    with pytest.raises(Refused):
        calibrations.reject(alan, row, "no")
    with pytest.raises(InvalidInput, match="Say what is wrong"):
        calibrations.reject(tom, row, " ")
    calibrations.reject(tom, row, "no stamp")
    tool.refresh_from_db()
    assert tool.calibration == CalibrationState.OVERDUE
    assert Notice.objects.get(type="tool.rejected").user == manager_a
    with pytest.raises(Conflict):
        calibrations.reject(tom, row, "twice")
    calibrations.record(alan, paper(tool, certificate_number="JZ-2"))  # the number may come again
    tool.refresh_from_db()
    assert tool.measures


def test_another_interval_moves_the_due_days(tom, alan, tool):
    calibrated(tool)
    kind = tool.type
    with pytest.raises(Refused):
        actions.keep_type(alan, kind)
    kind.interval_months = 6
    actions.keep_type(tom, kind)
    due = Tool.objects.get().due_on
    assert due < clock.today() + timedelta(days=190)
    kind.tiers = ["gold"]
    with pytest.raises(InvalidInput, match="gold"):
        actions.keep_type(tom, kind)


def test_r179_each_limit_is_told_once_and_overdue_to_the_brand_as_well(tool, manager_a, technical, run_tasks):
    calibrated(tool)
    due = Tool.objects.get().due_on
    told = []
    for ago in (31, 30, 29, 7, 7, 0, -1, -2):
        told.append(calibrations.warn(due - timedelta(days=ago)))
    assert told == [0, 1, 0, 1, 0, 1, 1, 0]
    assert CalibrationWarning.objects.count() == 4
    assert Notice.objects.filter(type="tool.due", user=manager_a).count() == 3
    assert set(Notice.objects.filter(type="tool.overdue").values_list("user", flat=True)) == {
        manager_a.pk,
        technical.pk,
    }
    assert warn_of_tools.call() == 0


def test_retired_tools_are_not_told_of(alan, tool):
    calibrated(tool)
    actions.set_state(alan, Tool.objects.get(), ToolState.RETIRED, "worn")
    assert calibrations.warn(clock.today() + timedelta(days=400)) == 0


def test_r179_what_an_outlet_must_have_has_and_lacks(outlet_a, line, alan, django_assert_num_queries):
    meter, wrench = ToolTypeFactory(quantity=2), ToolTypeFactory(tiers=["advanced"])
    meter.product_lines.add(line)
    outlet_a.tiers = ["advanced"]
    outlet_a.save()
    ToolTypeFactory()  # asked of nobody
    one = ToolFactory(outlet=outlet_a, type=meter)
    extra = ToolFactory(outlet=outlet_a)
    with django_assert_num_queries(5):
        (found,) = outlet_tools([outlet_a])
    assert [(need.type, need.state) for need in found.needs] == [
        (meter, NeedState.MISSING),
        (wrench, NeedState.MISSING),
    ]
    assert (found.missing, {tool.pk for tool in found.late}) == (2, {one.pk, extra.pk})
    assert lacking([outlet_a]) == {outlet_a.pk: (2, 2)}
    assert late_count(alan, clock.today()) == 2
    for tool in (one, extra):
        calibrated(tool)
    calibrated(ToolFactory(outlet=outlet_a, type=meter))
    late = ToolFactory(outlet=outlet_a, type=wrench)
    (found,) = outlet_tools([outlet_a])
    assert [need.state for need in found.needs] == [NeedState.THERE, NeedState.LATE]
    calibrated(late)
    assert outlet_tools([outlet_a])[0].complete


def test_r179_a_calibrated_tool_meets_the_need_whatever_lies_beside_it(outlet_a, line):
    meter = ToolTypeFactory(quantity=1)
    meter.product_lines.add(line)
    spare = [ToolFactory(outlet=outlet_a, type=meter) for _more in range(2)]
    (need,) = outlet_tools([outlet_a])[0].needs
    assert (need.state, need.late) == (NeedState.LATE, spare)
    calibrated(ToolFactory(outlet=outlet_a, type=meter))
    (found,) = outlet_tools([outlet_a])
    assert (found.needs[0].state, found.needs[0].uncalibrated, found.complete) == (NeedState.THERE, spare, True)
    assert lacking([outlet_a]) == {outlet_a.pk: (0, 0)}


def test_the_list_is_narrowed_and_only_measuring_tools_are_offered(outlet_a, tool):
    today = clock.today()
    good = ToolFactory(outlet=outlet_a, serial="S-99")
    calibrated(good)
    rows = Tool.objects.all()
    assert list(measuring(outlet_a, today)) == [good]
    assert list(measuring(outlet_a, today + timedelta(days=366))) == []
    assert list(measuring(None, today)) == []
    assert list(narrowed(rows, today, text="S-99")) == [good]
    assert list(narrowed(rows, today, state="retired")) == []
    assert len(narrowed(rows, today, outlet=str(outlet_a.pk), state="?")) == 2
    for state in CalibrationState:
        want = {t.pk for t in rows if t.calibration == state}
        assert {t.pk for t in narrowed(rows, today, standing=state)} == want


def test_who_sees_which_tool(tool, ann, amy_staff, bob, auditor, dispatcher_a, outlet_a):
    other = ToolFactory(outlet=make.OutletFactory(partner=outlet_a.partner, code="W-A2"))
    seen = {
        user.username: set(Tool.objects.all().visible_to(actor(user))) for user in (ann, bob, auditor, dispatcher_a)
    }
    assert seen == {"ann": {tool}, "bob": set(), auditor.username: {tool, other}, "dick": {tool, other}}
    assert not Tool.objects.all().visible_to(Actor.customer(1, "x"))
