"""The pages of partner staff: what was sent to them, nothing else (A01); what was typed stays."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.actions import standard
from partners.models import Adjustment, Opinion, Publication
from portal.kernel import clock
from tests.cast import actor
from tests.factories import standard as papers

TODAY = date(2026, 11, 2)
LIST = "/field/standards/"


@pytest.fixture(autouse=True)
def _in_november():
    with clock.travel(datetime(2026, 11, 2, 10, tzinfo=clock.LOCAL)):
        yield


@pytest.fixture
def release(brand_manager, side_a, side_b):
    return papers.announced(actor(brand_manager), papers.publication(regions=["上海市"]), TODAY)


def page(release) -> str:
    return reverse("house:standard", args=[release.pk])


def test_the_list_shows_what_waits_first(client, manager_a, release):
    client.force_login(manager_a)
    answer = client.get(LIST)
    assert answer.context["tab"] == "unread"
    assert "售后服务标准" in answer.content.decode()
    assert "售后服务标准" not in client.get(f"{LIST}?tab=past").content.decode()


@pytest.mark.parametrize(
    ("query", "found"), [("q=接待", 1), ("q=BZ-001", 1), ("q=没有", 0), ("kind=policy", 0), ("kind=standard", 1)]
)
def test_the_list_is_searched(client, manager_a, release, query, found):
    client.force_login(manager_a)
    assert len(client.get(f"{LIST}?tab=holding&{query}").context["page"]) == found


def test_a01_a_stranger_finds_nothing(client, manager_b, release, brand_manager):
    client.force_login(manager_b)
    assert len(client.get(f"{LIST}?tab=holding").context["page"]) == 0
    assert client.get(page(release)).status_code == 404
    assert client.post(page(release), {"what": "opinion", "text": "x"}).status_code == 404
    clause = release.clauses.first()
    assert client.get(reverse("house:standard_propose", args=[release.pk, clause.pk])).status_code == 404
    assert not Opinion.objects.exists()


def test_a08_its_files_are_for_those_who_were_told(client, manager_a, manager_b, brand_manager, side_a, side_b):
    mary = actor(brand_manager)
    release = papers.draft(mary, papers.publication(regions=["上海市"]))
    kept = standard.attach(mary, release, SimpleUploadedFile("标准.pdf", b"%PDF-1.7\n%%EOF\n"))
    standard.announce(mary, release, TODAY)
    for user, status in ((manager_a, 200), (manager_b, 404), (brand_manager, 200)):
        client.force_login(user)
        answer = client.get(reverse("files:attachment", args=[kept.key]))
        assert answer.status_code == status
        assert not answer.streaming or b"".join(answer.streaming_content).startswith(b"%PDF")


def test_the_manager_confirms_on_the_page(client, manager_a, release):
    client.force_login(manager_a)
    unticked = client.post(page(release), {"what": "confirm"})
    assert unticked.status_code == 400
    answer = client.post(page(release), {"what": "confirm", "understood": "on"}, follow=True)
    assert answer.context["receipt"].acknowledged_by == manager_a
    again = client.post(page(release), {"what": "confirm", "understood": "on"})
    assert again.status_code == 409


def test_a_technician_reads_and_says_his_opinion_but_confirms_nothing(client, ann, release):
    client.force_login(ann)
    assert not client.get(page(release)).context["may_confirm"]
    assert client.post(page(release), {"what": "confirm", "understood": "on"}).status_code == 403
    client.post(page(release), {"what": "opinion", "text": "很好", "clause_number": "2.1"})
    assert Opinion.objects.get().author == ann


def test_a_refused_opinion_keeps_what_was_typed(client, ann, release):
    client.force_login(ann)
    answer = client.post(page(release), {"what": "opinion", "text": "字" * 2001})
    assert answer.status_code == 400
    assert "字" * 100 in answer.content.decode()


def test_a_refused_proposal_names_the_bound_and_keeps_the_reason(client, manager_a, release):
    client.force_login(manager_a)
    url = reverse("house:standard_propose", args=[release.pk, release.clauses.get(number="2.1").pk])
    answer = client.post(url, {"value": "200", "reason": "客流集中"})
    assert answer.status_code == 400
    assert "120" in answer.content.decode()
    assert "客流集中" in answer.content.decode()
    assert client.post(url, {"value": "60", "reason": "客流集中"}).status_code == 302
    assert Adjustment.objects.get().region == "上海市"


def test_a_technician_proposes_nothing(client, ann, release):
    client.force_login(ann)
    url = reverse("house:standard_propose", args=[release.pk, release.clauses.first().pk])
    assert client.get(url).status_code == 404


def test_the_number_of_queries_does_not_grow(client, manager_a, brand_manager, release, django_assert_max_num_queries):
    for number in range(12):
        papers.announced(actor(brand_manager), papers.publication(code=f"X-{number}"), TODAY)
    client.force_login(manager_a)
    with django_assert_max_num_queries(10):
        client.get(LIST)


def test_the_menu_counts_what_waits(client, manager_a, release):
    client.force_login(manager_a)
    groups = client.get("/field/more/").context["groups"]
    entry = next(e for _title, tiles in groups for e in tiles if e["tile"].address == "house:standards")
    assert entry["count"] == 1


class TestAdmin:
    def test_the_whole_way_in_the_admin(self, client, brand_manager, side_a):
        client.force_login(brand_manager)
        values = {"code": "BZ-9", "kind": "standard", "title": "标准九", "channel_types": [], "regions": []}
        client.post("/admin/partners/publication/add/", values)
        document = Publication.objects.get(code="BZ-9")
        base = f"/admin/partners/publication/{document.pk}"
        assert client.post(f"{base}/deed/draft/").status_code == 302
        release = document.releases.get()
        change = f"/admin/partners/release/{release.pk}/change/"
        form = {"summary": "内容", "clauses-TOTAL_FORMS": 1, "clauses-INITIAL_FORMS": 0, "clauses-0-place": 1,
                "clauses-0-number": "1", "clauses-0-title": "一", "clauses-0-text": "文", "clauses-0-core": "on",
                "receipts-TOTAL_FORMS": 0, "receipts-INITIAL_FORMS": 0,
                "opinions-TOTAL_FORMS": 0, "opinions-INITIAL_FORMS": 0}  # fmt: skip
        assert client.post(change, form).status_code == 302
        deed = f"/admin/partners/release/{release.pk}/deed/announce/"
        early = client.post(deed, {"effective_on": "2026-11-01"})
        assert early.status_code == 400
        assert "2026-11-02" in early.content.decode()
        assert client.post(deed, {"effective_on": "2026-11-02"}).status_code == 302
        release.refresh_from_db()
        assert release.state == "in_force"
        client.post(change, {**form, "summary": "改写"})
        release.refresh_from_db()
        assert release.summary == "内容"

    def test_departments_change_only_their_kinds(self, client, technical, release):
        client.force_login(technical)
        assert client.get(f"/admin/partners/release/{release.pk}/change/").status_code == 200
        assert client.get(f"/admin/partners/release/{release.pk}/deed/withdraw/").status_code == 403

    def test_readers_open_all_lists(self, client, auditor, release, ann):
        Opinion.objects.create(
            release=release, partner=release.receipts.get().partner, author=ann, text="好", given_at=clock.now()
        )
        client.force_login(auditor)
        for model in ("publication", "release", "opinion", "adjustment"):
            assert client.get(f"/admin/partners/{model}/").status_code == 200
        opinion = Opinion.objects.get()
        assert client.get(f"/admin/partners/opinion/{opinion.pk}/change/").status_code == 200
        assert client.get(f"/admin/partners/opinion/{opinion.pk}/deed/answer/").status_code == 403

    def test_an_opinion_is_answered(self, client, brand_manager, release, ann):
        opinion = Opinion.objects.create(
            release=release, partner=release.receipts.get().partner, author=ann, text="好", given_at=clock.now()
        )
        client.force_login(brand_manager)
        deed = f"/admin/partners/opinion/{opinion.pk}/deed/answer/"
        assert client.post(deed, {"outcome": "adopted", "answer": ""}).status_code == 400
        assert client.post(deed, {"outcome": "adopted", "answer": "采纳"}).status_code == 302
        opinion.refresh_from_db()
        assert opinion.answer == "采纳"
