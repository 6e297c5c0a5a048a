"""The editors' pages: write, preview, review, compare; the sheet; a stranger finds nothing."""

import pytest
from django.urls import reverse

from partners.choices.knowledge import Audience
from partners.models import Article, BenchmarkCase
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from tests.factories import knowledge as write

pytestmark = pytest.mark.django_db


def url(page: str, *args) -> str:
    return reverse(f"admin:partners_article_{page}", args=args)


@pytest.mark.parametrize("role", ["brand_manager", "service_desk", "legal", "technical", "marketing", "auditor"])
def test_readers_open_list_and_article_and_only_editors_add(client, request, role):
    article = write.published("黑屏处理", "# 步骤\n\n重启 <script>alert(1)</script>")
    client.force_login(request.getfixturevalue(role))
    page = client.get(url("changelist"), {"q": "屏处"}).content.decode()
    assert "黑屏处理" in page
    text = client.get(url("change", article.pk)).content.decode()
    assert "<h2>步骤</h2>" in text
    assert "<script>alert" not in text
    assert client.get(url("add")).status_code == (200 if role in ("brand_manager", "technical") else 403)
    assert client.get(url("deed", article.pk, "revise")).status_code == (
        200 if role in ("brand_manager", "technical") else 403
    )
    assert client.get(url("compare", article.pk)).status_code == 200
    assert client.get(url("credits")).status_code == 200
    for queue in ("review", "unfinished", "expiring", "expired", "contributed"):
        assert client.get(url("changelist"), {"queue": queue}).status_code == 200


def test_partners_find_no_admin_page(client, ann):
    article = write.published()
    client.force_login(ann)
    for page in (url("changelist"), url("change", article.pk), url("compare", article.pk), url("credits")):
        assert client.get(page).status_code in (302, 403, 404)


def new(**values) -> dict:
    return {
        "kind": "solution",
        "title": "充电枪无法启动",
        "symptoms": "报 E12",
        "body": "检查端子。",
        "audience": Audience.PARTNERS,
        "tags": "枪线",
        **values,
    }


def test_from_the_add_page_to_readers(client, technical, brand_manager, line):
    client.force_login(technical)
    answer = client.post(url("add"), new(product_lines=[line.pk], readers=["technician"]))
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    article = Article.objects.get()
    assert (article.state, article.roles, list(article.product_lines.all())) == ("draft", "technician", [line])
    assert client.post(url("deed", article.pk, "submit")).status_code == 302
    assert client.post(url("deed", article.pk, "publish"), {"review_due": "2099-01-01"}).status_code == 403
    client.force_login(brand_manager)
    assert client.post(url("deed", article.pk, "publish"), {"review_due": "2099-01-01"}).status_code == 302
    article.refresh_from_db()
    assert article.state == "published"
    changed = {"kind": "manual", "tags": "新", "audience": Audience.CHOSEN}
    assert client.post(url("change", article.pk), changed).status_code == 200  # no partner chosen
    assert client.post(url("change", article.pk), {**changed, "audience": Audience.BRAND}).status_code == 302
    article.refresh_from_db()
    assert (article.kind, article.audience, article.roles) == ("manual", "brand", "")


def test_c08_an_edit_on_an_old_text_is_refused_with_the_text_kept(client, technical):
    article = write.draft()
    client.force_login(technical)
    said = {"title": "题", "body": "我的改动", "reason": "改", "based_on": "1"}
    assert client.post(url("deed", article.pk, "revise"), said).status_code == 302
    answer = client.post(url("deed", article.pk, "revise"), {**said, "body": "别人的改动"})
    assert answer.status_code == 409
    assert "别人的改动" in answer.content.decode()


def test_d04_a_preview_is_cleaned_and_sealed(client, technical, legal):
    client.force_login(technical)
    answer = client.post(url("preview"), {"title": "<b>题", "body": "**粗** <img src=x onerror=alert(1)>"})
    text = answer.content.decode()
    assert "<strong>粗</strong>" in text
    assert "<img" not in text
    assert "<b>题" not in text
    assert "sandbox" in answer["Content-Security-Policy"]
    client.force_login(legal)
    assert client.post(url("preview"), {}).status_code == 403
    assert client.get(url("preview")).status_code == 405


def test_a_nomination_comes_filled_in_from_the_article(client, service_desk):
    article = write.published("一小时响应")
    client.force_login(service_desk)
    add = reverse("admin:partners_benchmarkcase_add")
    assert "一小时响应" in client.get(add, {"title": "一小时响应", "article": article.pk}).content.decode()
    said = {"title": "一小时响应", "kind": "technical", "practice": "分区值班", "effect": "降到五十分钟"}
    assert client.post(add, {**said, "article": article.pk}).status_code == 302
    case = BenchmarkCase.objects.get()
    assert (case.state, case.article) == ("nominated", article)
    deed = reverse("admin:partners_benchmarkcase_deed", args=[case.pk, "recommend"])
    assert client.post(deed).status_code == 403


def test_the_list_of_credits_is_by_quarter(client, auditor):
    client.force_login(auditor)
    assert client.get(url("credits"), {"quarter": str(Quarter.of(clock.now()))}).status_code == 200
    assert client.get(url("credits"), {"quarter": "2026Q9"}).status_code == 400
