"""Diagnostic tools: asked for, opened, refused, withdrawn, used and told of in time (R020)."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from partners.actions import tool_grant as grants
from partners.actions import tool_use as uses
from partners.actions.tool_grant import Terms
from partners.choices import Standing
from partners.choices.tool_grant import GrantState, RiskClass, UseResult
from partners.models import GrantWarning, Staff, ToolGrant, ToolUse, ToolUseOutcome
from partners.queries.tool_grant import asked_count, grants_of, offers, tools_to_ask, usable, uses_of
from partners.rules.tool_grant import Case
from portal.accounts.actor import Actor
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, PortalError, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories.tool import DiagnosticToolFactory, granted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
READ = ["read_codes"]


@pytest.fixture
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def tool(line):
    row = DiagnosticToolFactory()
    row.product_lines.add(line)
    return row


@pytest.fixture
def alan(manager_a) -> Actor:
    return actor(manager_a)


@pytest.fixture
def at_ann(ann) -> Actor:
    return actor(ann)


@pytest.fixture
def tom(technical) -> Actor:
    return actor(technical)


@pytest.fixture
def job(line):
    return uses.Job("FW-1", line, "EV-001", "SN-1")


def terms(**values) -> Terms:
    today = clock.today()
    return Terms(**{"functions": READ, "valid_from": today, "valid_until": today + timedelta(days=90), **values})


def test_a_technician_asks_for_himself_and_the_brand_is_told(at_ann, tool, ann_staff, technical, brand_manager):
    row = grants.ask(at_ann, tool, READ, "codes cannot be read", people=[])
    assert (row.state, list(row.people.all()), row.partner) == (GrantState.ASKED, [ann_staff], ann_staff.outlet.partner)
    assert set(Notice.objects.filter(type="tool_grant.asked").values_list("user", flat=True)) == {
        technical.pk,
        brand_manager.pk,
    }
    assert "codes cannot be read" in entries_for(row).last().sentence()
    with pytest.raises(Conflict, match="already"):
        grants.ask(at_ann, tool, READ, "again")


def test_a_manager_asks_for_named_people(alan, tool, amy_staff, line):
    row = grants.ask(alan, tool, READ, "training", people=[amy_staff], lines=[line])
    assert (list(row.people.all()), list(row.product_lines.all())) == ([amy_staff], [line])
    assert asked_count(alan) == 1


def test_asking_is_refused_in_words(alan, at_ann, tool, dispatcher_a, bob_staff, partner_a):
    other = make.ProductLineFactory(code="ESS")
    for deed, error, words in (
        (lambda: grants.ask(actor(dispatcher_a), tool, READ, "x"), Refused, "Managers and technicians"),
        (lambda: grants.ask(alan, tool, READ, " "), InvalidInput, "what you need it for"),
        (lambda: grants.ask(alan, tool, [], "x"), InvalidInput, "at least one function"),
        (lambda: grants.ask(alan, tool, ["firmware"], "x"), InvalidInput, "does not do all"),
        (lambda: grants.ask(alan, tool, READ, "x", lines=[other]), InvalidInput, "not for all"),
        (lambda: grants.ask(alan, tool, READ, "x", people=[bob_staff]), InvalidInput, "Only people"),
    ):
        with pytest.raises(error, match=words):
            deed()
    partner_a.standing = Standing.SUSPENDED
    partner_a.save()
    with pytest.raises(Refused, match="no diagnostic tool is opened"):
        grants.ask(at_ann, tool, READ, "x")
    Staff.objects.filter(user_id=at_ann.user_id).update(active=False)
    with pytest.raises(Refused, match="not linked"):
        grants.ask(at_ann, tool, READ, "x")


def test_the_brand_decides_once(tom, alan, tool, manager_a):
    row = grants.ask(alan, tool, READ, "x")
    with pytest.raises(Refused):
        grants.approve(alan, row, terms())
    done = grants.approve(tom, row, terms(conditions="photos first"))
    assert (done.state, done.decided_by_id, done.conditions) == (GrantState.GRANTED, tom.user_id, "photos first")
    assert Notice.objects.get(type="tool_grant.granted").user == manager_a
    with pytest.raises(Conflict):
        grants.refuse(tom, row, "too late")
    with pytest.raises(Conflict):
        grants.approve(tom, row, terms())


def test_refusing_says_why(tom, at_ann, tool, manager_a, ann):
    row = grants.ask(at_ann, tool, READ, "x")
    with pytest.raises(InvalidInput, match="Say why"):
        grants.refuse(tom, row, "")
    assert grants.refuse(tom, row, "not trained").decision == "not trained"
    assert set(Notice.objects.filter(type="tool_grant.refused").values_list("user", flat=True)) == {
        manager_a.pk,
        ann.pk,
    }


def test_terms_that_cannot_be(tom, tool, partner_a, bob_staff, line):
    today = clock.today()
    other = make.ProductModelFactory(line=make.ProductLineFactory(code="ESS"), code="E-1")
    for wrong, field in (
        ({"functions": []}, "functions"),
        ({"functions": ["firmware"]}, "functions"),
        ({"valid_until": today - timedelta(days=1)}, "valid_until"),
        ({"valid_from": today - timedelta(days=9), "valid_until": today - timedelta(days=1)}, "valid_until"),
        ({"people": [bob_staff]}, "people"),
        ({"models": [other]}, "models"),
        ({"lines": [other.line]}, "lines"),
    ):
        with pytest.raises(InvalidInput) as caught:
            grants.grant(tom, tool, partner_a, terms(**wrong))
        assert caught.value.field == field
    tool.risk = RiskClass.HIGH
    tool.save()
    with pytest.raises(InvalidInput, match="named people"):
        grants.grant(tom, tool, partner_a, terms())
    tool.active = False
    tool.save()
    with pytest.raises(InvalidInput, match="catalogue"):
        grants.grant(tom, tool, partner_a, terms())
    assert not ToolGrant.objects.exists()


def test_a_manager_of_another_region_grants_nothing(tool, partner_a):
    far = actor(make.member("brand_manager", regions=("四川省",)))
    with pytest.raises(Refused, match="regions"):
        grants.grant(far, tool, partner_a, terms())
    row = granted(partner_a, tool)
    with pytest.raises(Refused):
        grants.withdraw(far, row, "x")


def test_r020_a_use_is_kept_whole_and_once(at_ann, tool, partner_a, job, ann_staff, line):
    row = granted(partner_a, tool)
    use = uses.open_tool(at_ann, row, job, "read_codes", " fault E21 ", key="k-1")
    assert uses.open_tool(at_ann, row, job, "read_codes", "fault E21", key="k-1") == use
    kept = ToolUse.objects.get()
    assert (kept.grant, kept.staff, kept.ticket_number, kept.serial_number, kept.product_line, kept.purpose) == (
        row,
        ann_staff,
        "FW-1",
        "SN-1",
        line,
        "fault E21",
    )
    assert "FW-1" in entries_for(row).last().sentence()
    later = uses.open_tool(at_ann, row, job, "clear_codes", "clear E21", key="k-2")
    assert uses.open_tool(at_ann, row, job, "read_codes", "fault E21", key="k-1") == use != later
    told = uses.tell_result(at_ann, use, UseResult.FOUND, "E21 read")
    assert ToolUse.objects.get(pk=use.pk).told == told
    with pytest.raises(Conflict, match="already"):
        uses.tell_result(at_ann, use, UseResult.NOTHING)


def test_r020_no_valid_grant_no_tool(at_ann, tool, partner_a, job, line, ann_staff, amy_staff, bob, technical):
    row = granted(partner_a, tool)
    other = make.ProductLineFactory(code="ESS")
    narrow = granted(partner_a, tool, models=[make.ProductModelFactory(line=line, code="EV-009")])
    for_amy = granted(partner_a, tool, people=[amy_staff])
    for deed, error, words in (
        (lambda: uses.open_tool(at_ann, row, job, "firmware", "x"), Refused, "Update firmware"),
        (lambda: uses.open_tool(at_ann, row, uses.Job("F", other), "read_codes", "x"), Refused, "certificate"),
        (lambda: uses.open_tool(at_ann, row, uses.Job("F", None), "read_codes", "x"), Refused, "product line"),
        (lambda: uses.open_tool(at_ann, narrow, job, "read_codes", "x"), Refused, "product model"),
        (lambda: uses.open_tool(at_ann, for_amy, job, "read_codes", "x"), Refused, "not yours"),
        (lambda: uses.open_tool(actor(bob), row, job, "read_codes", "x"), Refused, "not yours"),
        (lambda: uses.open_tool(actor(technical), row, job, "read_codes", "x"), Refused, "not yours"),
        (lambda: uses.open_tool(at_ann, row, job, "read_codes", " "), InvalidInput, "what you look for"),
        (lambda: uses.open_tool(at_ann, row, job, "magic", "x"), InvalidInput, "Choose what you do"),
    ):
        with pytest.raises(error, match=words):
            deed()
    ann_staff.certificates.update(valid_until=clock.today() - timedelta(days=1))
    with pytest.raises(Refused, match="no valid certificate"):
        uses.open_tool(at_ann, row, job, "read_codes", "x")
    assert not ToolUse.objects.exists()


def test_a_key_of_somebody_else_and_a_function_that_is_gone(at_ann, amy, tool, partner_a, job):
    row = granted(partner_a, tool)
    uses.open_tool(at_ann, row, job, "read_codes", "x", key="k")
    with pytest.raises(Refused, match="not yours"):
        uses.open_tool(actor(amy), row, job, "read_codes", "x", key="k")
    tool.functions = ["clear_codes"]
    tool.save()
    with pytest.raises(Refused, match="Read fault codes"):
        uses.open_tool(at_ann, row, job, "read_codes", "x")


def test_a_suspended_partner_and_a_withdrawn_grant_are_closed(at_ann, tom, tool, partner_a, job, manager_a):
    row = granted(partner_a, tool)
    partner_a.standing = Standing.SUSPENDED
    partner_a.save()
    with pytest.raises(Refused, match="suspended"):
        uses.open_tool(at_ann, row, job, "read_codes", "x")
    partner_a.standing = Standing.ACTIVE
    partner_a.save()
    with pytest.raises(InvalidInput, match="Say why"):
        grants.withdraw(tom, row, "")
    grants.withdraw(tom, row, "key was shared")
    assert Notice.objects.get(type="tool_grant.withdrawn").user == manager_a
    with pytest.raises(Refused, match="Withdrawn"):
        uses.open_tool(at_ann, row, job, "read_codes", "x")
    with pytest.raises(Conflict):
        grants.withdraw(tom, row, "again")
    with pytest.raises(Refused):
        grants.withdraw(at_ann, row, "x")


def test_only_the_user_tells_the_result(at_ann, amy, tool, partner_a, job):
    use = uses.open_tool(at_ann, granted(partner_a, tool), job, "read_codes", "x")
    with pytest.raises(Refused, match="Only whoever used"):
        uses.tell_result(actor(amy), use, UseResult.DONE)
    with pytest.raises(InvalidInput):
        uses.tell_result(at_ann, use, "")


def test_r020_the_log_takes_new_rows_only(at_ann, tool, partner_a, job):
    use = uses.open_tool(at_ann, granted(partner_a, tool), job, "read_codes", "x")
    uses.tell_result(at_ann, use, UseResult.DONE)
    for rows in (ToolUse.objects.all(), ToolUseOutcome.objects.all()):
        with pytest.raises(PortalError, match="cannot be changed"):
            rows.update(author="somebody")
        with pytest.raises(PortalError, match="cannot be changed"):
            rows.delete()
    use.purpose = "something else"
    with pytest.raises(DatabaseError), transaction.atomic():
        use.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        use.delete()


def test_warnings_come_once_a_limit(tool, partner_a, manager_a, tom):
    row = granted(partner_a, tool, valid_from=clock.today(), valid_until=clock.today() + timedelta(days=60))
    last = row.valid_until
    told = [grants.warn(last - timedelta(days=ago)) for ago in (31, 30, 29, 7, 6, 0, -1)]
    assert told == [0, 1, 0, 1, 0, 0, 0]
    assert GrantWarning.objects.count() == 2
    assert Notice.objects.filter(type="tool_grant.ends", user=manager_a).count() == 2
    other = granted(partner_a, tool, valid_from=clock.today(), valid_until=clock.today() + timedelta(days=5))
    grants.withdraw(tom, other, "x")
    assert grants.warn(clock.today()) == 0


def test_usable_tells_what_and_why_not(at_ann, alan, tool, partner_a, line, bob, auditor):
    assert usable(at_ann, line.pk) == []
    good = granted(partner_a, tool)
    over = granted(partner_a, tool, valid_until=clock.today())
    with clock.travel(clock.now() + timedelta(days=1)):
        assert [offer.grant for offer in usable(at_ann, line.pk)] == [good]
        (first, second) = offers(at_ann, Case(line.pk))
    assert (first.grant, second.grant) == (good, over)
    assert "ended on" in second.verdict.reason
    assert [name for name, _label in first.functions] == ["read_codes", "clear_codes"]
    assert usable(actor(bob), line.pk) == []
    assert usable(actor(auditor), line.pk) == []
    assert not usable(at_ann, None)


def test_who_sees_grants_and_uses(at_ann, alan, ann, amy, amy_staff, bob, auditor, tool, partner_a, job, line):
    common, named = granted(partner_a, tool), granted(partner_a, tool, people=[amy_staff])
    uses.open_tool(at_ann, common, job, "read_codes", "x")
    seen = {who: set(grants_of(actor(who))) for who in (ann, amy, bob, auditor)}
    assert seen == {ann: {common}, amy: {common, named}, bob: set(), auditor: {common, named}}
    assert {who: len(uses_of(actor(who))) for who in (ann, amy, bob, auditor)} == {ann: 1, amy: 0, bob: 0, auditor: 1}
    assert len(uses_of(alan, "FW-1 x", str(tool.pk))) == 1
    assert not uses_of(alan, "FW-2")
    other = DiagnosticToolFactory()
    other.product_lines.add(make.ProductLineFactory(code="ESS"))
    assert list(tools_to_ask(alan)) == [tool]
