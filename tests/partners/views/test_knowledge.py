"""The knowledge base on a telephone: search as one types, articles, contributions, the recommended list."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.actions import benchmark_case, knowledge_files
from partners.actions.knowledge_base import Text
from partners.actions.knowledge_use import contribute
from partners.choices.knowledge import Audience
from partners.models import Article
from portal.files.models import Attachment
from tests.cast import actor
from tests.factories import knowledge as write
from tests.tickets.stages import picture

pytestmark = pytest.mark.django_db


def status(client, address: str) -> int:
    answer = client.get(address)
    answer.getvalue()  # a file that is read is closed
    return answer.status_code


def page(client, **query) -> str:
    return client.get(reverse("house:knowledge"), query).content.decode()


def test_r018_search_marks_what_it_found(client, ann, line):
    write.published("更换直流充电枪线", "先断电。", "枪头发黑 <b>", lines=[line])
    client.force_login(ann)
    text = page(client, q="枪线")
    assert "更换直流充电<mark>枪线</mark>" in text
    assert "枪头发黑 &lt;b&gt;" in text
    assert "更换直流" in page(client)
    assert "know-card" not in page(client, q="量子")
    assert "更换直流" in page(client, line=line.pk, kind="solution")
    assert "更换直流" not in page(client, kind="manual")
    nothing = client.get(reverse("house:knowledge"), {"q": "量子纠缠"}).content.decode()
    assert "请换更短的词" in nothing
    assert "暂无文章" not in nothing
    assert client.get(reverse("house:knowledge"), {"q": "\0", "line": "x" * 30, "kind": "?"}).status_code == 200


def test_results_come_alone_while_one_types(client, ann):
    write.published("更换直流充电枪线")
    client.force_login(ann)
    answer = client.get(reverse("house:knowledge"), {"q": "枪线"}, headers={"HX-Request": "true"})
    assert answer.content.decode().count("<html") == 0
    assert "<mark>枪线</mark>" in answer.content.decode()


def test_a_page_further_on_goes_on(client, ann):
    for number in range(23):
        write.published(f"黑屏第{number}种")
    client.force_login(ann)
    first, second = page(client, q="黑屏"), page(client, q="黑屏", page=2)
    assert (first.count("know-card"), second.count("know-card")) == (20, 3)


def test_a08_a_strangers_article_is_404_on_page_and_file_and_nowhere_in_lists(client, side_a, side_b):
    article = write.published("黑屏内部资料", "![图](图.png)", audience=Audience.CHOSEN)
    article.partners.set([side_a.partner])
    knowledge_files.attach(write.WRITER, article, [picture("图.png")])
    key = Attachment.objects.get().key
    addresses = [
        reverse("house:article", args=[article.number]),
        reverse("files:attachment", args=[key]),
        reverse("files:thumb", args=[key]),
    ]
    client.force_login(side_a.technicians[0].user)
    assert [status(client, address) for address in addresses] == [200, 200, 200]
    assert f'<img src="/files/{key}/"' in client.get(addresses[0]).content.decode()
    client.force_login(side_b.technicians[0].user)
    assert [status(client, address) for address in addresses] == [404, 404, 404]
    assert "内部资料" not in page(client, q="黑屏") + page(client)


@pytest.mark.parametrize("state", ["draft", "withdrawn", "brand"])
def test_what_is_not_published_for_partners_is_404(client, ann, state):
    article = write.draft() if state == "draft" else write.published(audience=Audience.BRAND)
    client.force_login(ann)
    assert client.get(reverse("house:article", args=[article.number])).status_code == 404


def test_views_are_counted_and_own_contributions_are_read_before_they_are_published(client, ann_staff, ann, amy):
    mine = contribute(actor(ann), ann_staff, Text("端子氧化", "清洁。"))
    client.force_login(ann)
    address = reverse("house:article", args=[mine.number])
    assert client.get(address).status_code == 200
    assert "端子氧化" in client.get(reverse("house:contributions")).content.decode()
    client.force_login(amy)
    assert client.get(address).status_code == 404
    assert "端子氧化" not in client.get(reverse("house:contributions")).content.decode()
    other = write.published()
    for _again in range(2):
        client.get(reverse("house:article", args=[other.number]))
    assert Article.objects.get(pk=other.pk).views == 1


def test_two_files_of_one_name_stay_apart(technical):
    article = write.draft()
    plain = [SimpleUploadedFile("表.txt", f"第{n}份".encode(), "text/plain") for n in range(2)]
    knowledge_files.attach(actor(technical), article, plain)
    assert sorted(Attachment.objects.values_list("name", flat=True)) == ["表-2.txt", "表.txt"]


def test_r044_the_recommended_list_is_for_all_partners(client, ann, brand_manager):
    case = write.case(measure="平均响应", before=180, after=50, unit="分钟")
    client.force_login(ann)
    address = reverse("house:recommended")
    assert "一小时响应" not in client.get(address).content.decode()
    benchmark_case.recommend(actor(brand_manager), case)
    text = client.get(address).content.decode()
    assert "一小时响应" in text
    assert "-72.2" in text
    assert "一小时响应" not in client.get(address, {"kind": "management"}).content.decode()
