"""Articles by sheet: all or nothing, and nothing reaches a reader that nobody reviewed (R039)."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.models import Article
from tests.factories import knowledge as write

pytestmark = pytest.mark.django_db


def url(page: str) -> str:
    return reverse(f"admin:partners_article_sheet_{page}")


def sheet(*rows: dict[str, str]) -> SimpleUploadedFile:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("文章.csv", out.getvalue().encode("utf-8-sig"), "text/csv")


def sent(client, *rows: dict[str, str]):
    """Checked, and confirmed where the check found nothing."""
    answer = client.post(url("import"), {"file": sheet(*rows)})
    token = answer.context.get("token", "")
    return client.post(url("confirm"), {"token": token}) if token else answer


def row(**values: str) -> dict[str, str]:
    return {"number": "KB-1", "kind": "故障解决方案", "title": "充电枪无法启动", "body": "- 断电\n- 清洁端子", **values}


def test_new_articles_come_as_drafts_and_are_found_by_editors(client, technical, line):
    client.force_login(technical)
    answer = sent(client, row(product_lines=line.code), row(number="KB-2", title="黑屏"))
    assert answer.status_code == 302, answer.context["problems"]
    article = Article.objects.get(number="KB-1")
    assert (article.state, article.pending, article.versions.get().body) == ("draft", "draft", "- 断电\n- 清洁端子")
    assert list(article.product_lines.all()) == [line]
    assert "黑屏" in client.get(reverse("admin:partners_article_changelist"), {"q": "黑屏"}).content.decode()


def test_another_text_is_a_new_version_and_the_published_one_stays(client, technical):
    article = write.published("旧题", "旧文", number="KB-1")
    client.force_login(technical)
    assert sent(client, row(title="旧题", body="新文", tags="枪线")).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.pending, article.current.body, article.tags) == (
        "published",
        "draft",
        "旧文",
        "枪线",
    )
    assert article.versions.latest("number").body == "新文"
    assert sent(client, row(title="旧题", body="新文", tags="枪线")).status_code == 302
    assert article.versions.count() == 2


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ({"body": ""}, "正文"),
        ({"title": "题" * 161}, "标题"),
        ({"kind": "诗歌"}, "诗歌"),
        ({"product_lines": "没有"}, "没有"),
        ({"number": "a/b"}, "a/b"),
    ],
)
def test_one_bad_row_and_nothing_is_taken(client, technical, bad, said):
    client.force_login(technical)
    answer = sent(client, row(number="KB-0"), row(**bad))
    assert answer.status_code == 200
    assert answer.context["problems"]
    assert said in answer.content.decode()
    assert not Article.objects.exists()


def test_the_export_gives_back_what_the_import_takes(client, technical, legal, ann):
    write.published("旧题", "= 旧文", number="KB-1")
    client.force_login(technical)
    answer = client.post(url("export"), {"kind": "csv", "purpose": "备份"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert "旧题" in text
    again = client.post(url("import"), {"file": SimpleUploadedFile("again.csv", text.encode("utf-8-sig"), "text/csv")})
    assert again.context["outcome"].unchanged == 1
    assert b"".join(client.get(url("template")).streaming_content)
    client.force_login(legal)
    assert client.get(url("import")).status_code == 403
    client.force_login(ann)
    assert client.get(url("export")).status_code in (302, 403)


def test_r177_readers_are_chosen_by_role_and_by_partner(client, technical, partner_a):
    client.force_login(technical)
    answer = sent(client, row(audience="指定合作伙伴", partners="P-A", roles="服务工程师、dispatcher"))
    assert answer.status_code == 302, answer.context["problems"]
    article = Article.objects.get()
    assert (sorted(article.roles.split(",")), list(article.partners.all())) == (
        ["dispatcher", "technician"],
        [partner_a],
    )
    assert sent(client, row(number="KB-2", audience="指定合作伙伴")).context["problems"]
    assert sent(client, row(number="KB-3", roles="客户")).context["problems"]
    assert sent(client, row(audience="指定合作伙伴", roles="")).status_code == 302
    assert Article.objects.get().roles == ""
