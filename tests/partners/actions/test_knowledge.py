"""An article's way from a draft to readers, its versions, and who may do what (R039, R165, R177, R178)."""

from datetime import timedelta

import pytest

from partners.actions import knowledge as actions
from partners.actions import knowledge_use as use
from partners.actions.knowledge_base import Text
from partners.models import Article
from partners.queries.knowledge_story import compared, credits
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.quarter import Quarter
from portal.notify.models import Notice
from tests import factories as make
from tests.cast import actor
from tests.factories import knowledge as write

pytestmark = pytest.mark.django_db
TEXT = Text("充电枪无法启动", "1. 断电\n2. 清洁端子", "报 E12")


def verbs(article: Article) -> list[str]:
    return list(entries_for(article).values_list("verb", flat=True))


def test_r039_from_draft_to_readers(technical, brand_manager, line):
    tom, mary = actor(technical), actor(brand_manager)
    article = actions.write(tom, TEXT, lines=[line])
    assert (article.state, article.pending) == ("draft", "draft")
    assert article.number.startswith("ZS")
    article = actions.submit(tom, article)
    assert (article.state, article.pending) == ("review", "review")
    article = actions.publish(mary, article)
    assert (article.state, article.pending, article.current.number) == ("published", "", 1)
    assert article.current.reviewer_label == mary.label
    assert article.owner == brand_manager
    assert article.review_due == clock.today() + timedelta(days=365)
    assert verbs(article) == ["article_written", "article_submitted", "article_published"]


def test_r165_nobody_reviews_his_own_text(technical, brand):
    tom = actor(technical)
    article = actions.submit(tom, actions.write(tom, TEXT))
    with pytest.raises(Refused, match="自己"):
        actions.publish(tom, article)
    colleague = actor(make.member("technical", brand))
    assert actions.publish(colleague, article).state == "published"


@pytest.mark.parametrize("person", ["service_desk", "legal", "marketing", "auditor", "ann", "manager_a"])
def test_r039_others_edit_nothing(person, request):
    other = actor(request.getfixturevalue(person))
    article = write.published()
    with pytest.raises(Refused):
        actions.write(other, TEXT)
    for deed in (
        lambda: actions.revise(other, article, TEXT, "改"),
        lambda: actions.submit(other, article),
        lambda: actions.publish(other, article),
        lambda: actions.withdraw(other, article, "不要"),
        lambda: actions.renew(other, article, clock.today() + timedelta(days=9)),
    ):
        with pytest.raises(Refused):
            deed()
    article.refresh_from_db()
    assert article.state == "published"


def test_an_edit_is_a_new_version_and_the_old_one_holds_until_the_review():
    article = write.published("旧题目", "第一行\n第二行")
    version = actions.revise(write.WRITER, article, Text("新题目", "第一行\n改过的行"), "参数变了")
    article.refresh_from_db()
    assert (article.state, article.title, article.pending) == ("published", "旧题目", "draft")
    assert [(line.sign, line.text) for line in compared(article.current, version)] == [
        ("", "…"),
        ("-", "旧题目"),
        ("+", "新题目"),
        ("", ""),
        ("", "第一行"),
        ("-", "第二行"),
        ("+", "改过的行"),
    ]
    article = actions.publish(write.REVIEWER, actions.submit(write.WRITER, article))
    assert (article.title, article.current.number) == ("新题目", 2)
    assert list(article.versions.values_list("state", flat=True)) == ["replaced", "published"]


def test_c08_two_editors_do_not_overwrite_each_other():
    article = write.draft()
    actions.revise(write.WRITER, article, Text("甲", "甲写的"), "甲", based_on=1)
    with pytest.raises(Conflict, match="2"):
        actions.revise(write.WRITER, article, Text("乙", "乙写的"), "乙", based_on=1)
    assert article.versions.count() == 2


def test_what_cannot_be_used_is_said_at_its_field():
    article = write.published()
    with pytest.raises(InvalidInput) as caught:
        actions.revise(write.WRITER, article, TEXT, " ")
    assert caught.value.field == "reason"
    for text, field in ((Text("", "正文"), "title"), (Text("题", " "), "body"), (Text("题" * 161, "文"), "title")):
        with pytest.raises(InvalidInput) as caught:
            actions.write(write.WRITER, text)
        assert caught.value.field == field
    same = Text(article.title, article.current.body, article.symptoms)
    with pytest.raises(InvalidInput):
        actions.revise(write.WRITER, article, same, "没有变化")
    with pytest.raises(InvalidInput):
        actions.renew(write.WRITER, article, clock.today())


def test_what_is_sent_back_tells_its_author_why(technical, brand_manager):
    tom = actor(technical)
    article = actions.submit(tom, actions.write(tom, TEXT))
    article = actions.send_back(actor(brand_manager), article, "缺少力矩数据")
    assert (article.state, article.pending) == ("draft", "returned")
    assert article.versions.get().review_note == "缺少力矩数据"
    assert Notice.objects.filter(type="article.returned", user=technical).exists()
    with pytest.raises(Conflict):
        actions.publish(actor(brand_manager), article)
    assert actions.submit(tom, article).state == "review"


def test_r178_a_contribution_is_reviewed_and_credited_once(ann_staff, ann, technical, brand_manager, partner_a):
    article = use.contribute(actor(ann), ann_staff, TEXT, source="FW1")
    assert (article.state, article.contributor_partner) == ("review", partner_a)
    assert Notice.objects.filter(type="article.to_review", user=technical).exists()
    assert credits(Quarter.of(clock.now())) == []
    tom = actor(technical)
    article = actions.publish(tom, article)
    first = article.credited_at
    assert Notice.objects.filter(type="article.credited", user=ann).exists()
    actions.revise(tom, article, Text("改", "改后"), "补充")
    article = actions.publish(actor(brand_manager), actions.submit(tom, article))
    assert article.credited_at == first
    (row,) = credits(Quarter.of(clock.now()))
    assert (row.partner, row.person, row.articles) == ("A", "Ann", 1)


def test_nobody_contributes_under_another_name(ann_staff, amy, customer):
    with pytest.raises(Refused):
        use.contribute(actor(amy), ann_staff, TEXT)


def test_r177_the_owner_is_warned_twice_and_then_it_expires(technical, brand_manager):
    article = actions.submit(actor(technical), actions.write(actor(technical), TEXT, owner=technical))
    article = actions.publish(actor(brand_manager), article, review_due=clock.today() + timedelta(days=100))
    system, now = write.WRITER, clock.now()

    def warned_after(days: int) -> bool:
        with clock.travel(now + timedelta(days=days)):
            return actions.warn(system, article)

    assert [warned_after(days) for days in (60, 71, 72, 92, 94, 95)] == [False, True, False, False, True, False]
    assert Notice.objects.filter(type="article.expiring", user=technical).count() == 2
    with pytest.raises(Conflict):
        actions.expire(system, article)
    with clock.travel(now + timedelta(days=101)):
        assert actions.expire(system, article).state == "expired"
        assert Notice.objects.filter(type="article.expired", user=technical).exists()
        renewed = actions.renew(actor(technical), article, clock.today() + timedelta(days=30))
    assert renewed.state == "published"


def test_one_person_counts_once_an_hour(ann, amy):
    article = write.published()
    assert [use.count_view(actor(user), article) for user in (ann, ann, amy)] == [True, False, True]
    article.refresh_from_db()
    assert article.views == 2
