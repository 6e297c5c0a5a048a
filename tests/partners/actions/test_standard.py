"""R042, R104, R226: drafted, announced in time, in force on its day, superseded, withdrawn."""

from datetime import date, datetime, timedelta

import pytest

from partners.actions import standard
from partners.choices.standard import PublicationKind, ReleaseState
from partners.models import Receipt
from partners.queries.standard import in_force
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import standard as papers

TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(datetime(2026, 11, 2, 10, tzinfo=clock.LOCAL)):
        yield


@pytest.fixture
def mary(brand_manager) -> Actor:
    return actor(brand_manager)


@pytest.fixture
def document(side_a, side_b):
    return papers.publication()


def test_r147_every_partner_is_told_and_owes_an_acknowledgement(mary, document, side_a, side_b):
    release = papers.announced(mary, document, TODAY + timedelta(days=3))
    assert release.state == ReleaseState.ANNOUNCED
    assert set(release.receipts.values_list("partner", flat=True)) == {side_a.partner.pk, side_b.partner.pk}
    told = Notice.objects.filter(type="release.announced")
    assert set(told.values_list("user", flat=True)) == {side_a.manager.pk, side_b.manager.pk}
    assert entries_for(release).last().facts["partners"] == 2


def test_r226_a_major_change_needs_ten_days(mary, document):
    release = papers.draft(mary, document)
    release.major = True
    release.save()
    with pytest.raises(InvalidInput, match="2026-11-12") as refusal:
        standard.announce(mary, release, TODAY + timedelta(days=9))
    assert refusal.value.field == "effective_on"
    assert not Receipt.objects.exists()
    assert standard.announce(mary, release, TODAY + timedelta(days=10)).effective_on == date(2026, 11, 12)


def test_r226_a_changed_core_clause_is_major_whatever_the_author_says(mary, document):
    papers.announced(mary, document, TODAY)
    second = standard.draft(mary, document)
    second.summary = "更快"
    second.save()
    second.clauses.filter(number="1.1").update(value=10)
    with pytest.raises(InvalidInput):
        standard.announce(mary, second, TODAY + timedelta(days=1))
    assert standard.announce(mary, second, TODAY + timedelta(days=10)).major


def test_a_small_change_may_hold_at_once_and_supersedes(mary, document):
    first = papers.announced(mary, document, TODAY - timedelta(days=0))
    assert first.state == ReleaseState.IN_FORCE
    second = standard.draft(mary, document)
    assert [clause.number for clause in second.clauses.all()] == ["1.1", "2.1", "3.1"]
    second.summary = "环境"
    second.save()
    second.clauses.filter(number="3.1").update(text="整洁、明亮、有序、温暖。")
    standard.announce(mary, second, TODAY + timedelta(days=1))
    first.refresh_from_db()
    assert first.state == ReleaseState.IN_FORCE
    assert in_force(document, TODAY) == first
    # Even before the schedule has run, the day decides.
    assert in_force(document, TODAY + timedelta(days=1)) == second
    assert standard.take_effect(TODAY + timedelta(days=1)) == 1
    assert standard.take_effect(TODAY + timedelta(days=1)) == 0
    first.refresh_from_db()
    assert (first.state, first.ended_on) == (ReleaseState.SUPERSEDED, TODAY + timedelta(days=1))


def test_a_withdrawn_version_gives_way_to_the_one_before(mary, document):
    first = papers.announced(mary, document, TODAY)
    with clock.travel(datetime(2026, 11, 4, 10, tzinfo=clock.LOCAL)):
        second = papers.announced(mary, document, date(2026, 11, 4))
        standard.withdraw(mary, second, "数字有误")
        assert in_force(document, date(2026, 11, 4)) == first
    first.refresh_from_db()
    assert (first.state, first.ended_on) == (ReleaseState.IN_FORCE, None)
    assert Notice.objects.filter(type="release.withdrawn").count() == 2


@pytest.mark.parametrize(
    ("days", "until", "field"), [(-1, None, "effective_on"), (5, -1, "opinions_until"), (5, 6, "opinions_until")]
)
def test_days_must_make_sense(mary, document, days, until, field):
    release = papers.draft(mary, document)
    opinions = None if until is None else TODAY + timedelta(days=until)
    with pytest.raises(InvalidInput) as refusal:
        standard.announce(mary, release, TODAY + timedelta(days=days), opinions)
    assert refusal.value.field == field


def test_nothing_empty_is_announced(mary, document):
    release = standard.draft(mary, document)
    with pytest.raises(InvalidInput) as refusal:
        standard.announce(mary, release, TODAY)
    assert refusal.value.field == "summary"
    release.summary = "x"
    release.save()
    with pytest.raises(InvalidInput) as refusal:
        standard.announce(mary, release, TODAY)
    assert refusal.value.field == "clauses"


def test_an_audience_of_nobody_is_refused(mary, side_a):
    document = papers.publication(regions=["西藏自治区"])
    with pytest.raises(InvalidInput, match="合作伙伴"):
        papers.announced(mary, document, TODAY)


@pytest.mark.parametrize(
    "audience", [{"regions": ["上海市"]}, {"channel_types": ["agent"]}], ids=["by region", "by channel type"]
)
def test_only_the_audience_is_told(mary, side_a, side_b, audience):
    side_a.partner.channel_type = "agent"
    side_a.partner.save()
    side_b.partner.channel_type = "retailer"
    side_b.partner.save()
    release = papers.announced(mary, papers.publication(**audience), TODAY)
    assert [receipt.partner for receipt in release.receipts.all()] == [side_a.partner]


def test_only_one_draft_at_a_time_and_nothing_is_announced_twice(mary, document):
    release = papers.draft(mary, document)
    with pytest.raises(Conflict):
        standard.draft(mary, document)
    standard.announce(mary, release, TODAY)
    with pytest.raises(Conflict):
        standard.announce(mary, release, TODAY + timedelta(days=1))
    with pytest.raises(InvalidInput):
        standard.withdraw(mary, release, " ")


def test_the_technical_department_releases_bulletins_but_no_standards(technical, document, mary):
    tom = actor(technical)
    with pytest.raises(Refused):
        standard.draft(tom, document)
    bulletin = papers.publication(code="JS-1", kind=PublicationKind.TECHNICAL)
    assert papers.announced(tom, bulletin, TODAY).state == ReleaseState.IN_FORCE


def test_a_partner_announces_nothing(manager_a, document, mary):
    release = papers.draft(mary, document)
    with pytest.raises(Refused):
        standard.announce(actor(manager_a), release, TODAY)


def test_e01_a_file_is_taken_by_its_content(mary, document):
    from django.core.files.uploadedfile import SimpleUploadedFile

    release = papers.draft(mary, document)
    with pytest.raises(InvalidInput) as refusal:
        standard.attach(mary, release, SimpleUploadedFile("标准.pdf", b"<html><script>x</script></html>"))
    assert refusal.value.field == "file"
    kept = standard.attach(mary, release, SimpleUploadedFile("标准.pdf", b"%PDF-1.7\n%%EOF\n"))
    assert kept.subject == f"release:{release.pk}"
    standard.announce(mary, release, TODAY)
    with pytest.raises(Conflict):
        standard.attach(mary, release, SimpleUploadedFile("标准.pdf", b"%PDF-1.7\n%%EOF\n"))


def test_a_member_of_no_brand_role_is_refused(document, mary):
    release = papers.draft(mary, document)
    with pytest.raises(Refused):
        standard.withdraw(actor(make.member(Role.SERVICE_DESK)), release, "x")
