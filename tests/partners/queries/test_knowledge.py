"""Search in the knowledge base: part of a word, order of the hits, who finds what (R018, R177)."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import Q

from partners.actions import knowledge as actions
from partners.actions.knowledge_base import Text
from partners.choices.knowledge import Audience
from partners.models import Article
from partners.queries import knowledge_like
from partners.queries.knowledge import MOST, Wanted, most_useful, recent, rows_of, search
from partners.queries.knowledge_like import like
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.textsearch.pairs import holds
from tests import factories as make
from tests.cast import actor
from tests.factories import knowledge as write

pytestmark = pytest.mark.django_db


def titles(text: str, **narrow) -> list[str]:
    found = search(Article.objects.published(), Wanted(text, **narrow))
    return [row.title for row in rows_of(Article.objects.all(), found.keys[: found.exact])]


@pytest.mark.parametrize(
    "text", ["枪线", "电枪", "更换直流充电枪线", "绝缘", "E12", "e12", "Ｅ12", "枪线 端子", "端子 枪线", "氧化"]
)
def test_two_characters_in_the_middle_of_words_are_found(text):
    write.published("更换直流充电枪线", "枪头端子氧化发黑时更换。", "报 E12，绝缘下降")
    write.published("别的文章", "什么也没有。")
    assert titles(text) == ["更换直流充电枪线"]


@pytest.mark.parametrize("text", ["枪口", "电 光", "E13", "''\"", "%%", "__", "* OR", "NEAR(a b)"])
def test_what_is_not_there_is_not_found(text):
    write.published("更换直流充电枪线", "枪头端子氧化发黑时更换。")
    assert titles(text) == []


def test_title_over_symptoms_over_text_and_whole_over_scattered():
    for title, symptoms, body in [
        ("甲：其它", "", "先充满电，再看中断电流。"),  # scattered: 充…电中…断
        ("乙：其它", "", "说明：充电中断时的处理。"),
        ("丙：其它", "夜间充电中断", "看日志。"),
        ("丁：充电中断", "", "看日志。"),
    ]:
        write.published(title, body, symptoms)
    write.published("戊：充电与电中继，中断路", "看日志。")
    assert titles("充电中断") == ["丁：充电中断", "丙：其它", "戊：充电与电中继，中断路", "乙：其它"]


def test_among_equals_what_solved_more_and_then_what_is_newer_comes_first():
    names = ["一", "二", "三"]
    for days, name in enumerate(names):
        with clock.travel(clock.now() - timedelta(days=10 - days)):
            write.published(f"屏幕黑屏{name}", "重启。")
    Article.objects.filter(title="屏幕黑屏一").update(solved=4)
    assert titles("黑屏") == ["屏幕黑屏一", "屏幕黑屏三", "屏幕黑屏二"]


def test_narrowed_by_kind_line_and_model(line):
    other = make.ProductLineFactory()
    model = make.ProductModelFactory(line=line, code="EV-9")
    write.published("黑屏甲", "重启。", lines=[line], models=[model])
    write.published("黑屏乙", "重启。", lines=[other], kind="manual")
    write.published("黑屏丙", "重启。")
    assert set(titles("黑屏", line=line.pk)) == {"黑屏甲", "黑屏丙"}
    assert set(titles("黑屏", kind="manual")) == {"黑屏乙"}
    assert set(titles("黑屏", model=make.ProductModelFactory(line=other).pk)) == {"黑屏乙", "黑屏丙"}
    assert titles("EV-9") == ["黑屏甲"]


def test_a_long_question_finds_what_is_like_it():
    for name in ("触摸屏失灵", "风扇异响", "电表走数偏大", "漏电保护跳闸", "计费不准", "网络离线"):
        write.published(name, "处理办法。")
    found = search(Article.objects.published(), Wanted("请问触摸屏突然失灵了怎么办"))
    assert found.exact == 0
    assert rows_of(Article.objects.all(), found.keys)[0].title == "触摸屏失灵"
    assert len(found.keys) == 1


@pytest.mark.parametrize("spared", [True, False])
def test_where_every_pair_is_frequent_a_second_one_is_asked_for_and_nothing_likely_is_lost(monkeypatch, spared):
    monkeypatch.setattr(knowledge_like, "telling", lambda known: sorted(pair for pair in known if known[pair])[:1])
    if spared:
        monkeypatch.setattr(knowledge_like, "_beside", lambda rare, worth: [])
    names = ["充电无法启动", "充电中断", "充电桩电压异常", "充电口进水", "无法启动的车"]
    for name in names:
        write.published(name, "处理办法。")
    question = "充电口插枪后无法启动，电压异常"
    hits = like(Article.objects.published(), question)
    found = {row.title for row in rows_of(Article.objects.all(), [hit.key for hit in hits])}
    assert found == {"充电无法启动", "充电桩电压异常"}


def test_a_second_pair_is_asked_for_only_where_one_alone_would_not_do():
    worth = {"充电": 1.0, "启动": 1.0, "异常": 1.0, "无法": 1.0}
    assert knowledge_like._beside(["充电"], worth) == ["启动", "异常", "无法"]
    assert knowledge_like._beside(["充电", "启动"], worth) == []
    assert knowledge_like._beside(["充电"], {"充电": 1.0, "启动": 1.0}) == []


@pytest.mark.parametrize(("term", "lookup"), [("绝缘", "contains"), ("12", "contains"), ("绝缘e", "icontains")])
def test_only_a_term_with_letters_asks_the_database_to_fold_them(term, lookup):
    assert holds("title", term) == Q(**{f"title__{lookup}": term})


def test_a_new_version_is_found_by_its_new_words_once_it_is_in_force():
    article = write.published("旧题目", "旧内容。")
    actions.revise(write.WRITER, article, Text("新标题", "新写法。"), "改写")
    assert titles("旧题") == ["旧题目"]
    assert titles("新标") == []
    actions.publish(write.REVIEWER, actions.submit(write.WRITER, article))
    assert titles("旧题") == []
    assert titles("新写") == ["新标题"]


def test_migrating_again_loses_nothing():
    write.published("更换直流充电枪线")
    call_command("migrate", verbosity=0)
    assert titles("枪线") == ["更换直流充电枪线"]


def test_r018_each_reader_finds_what_is_meant_for_him(side_a, side_b, technical, auditor):
    write.published("黑屏：所有人")
    write.published("黑屏：品牌方", audience=Audience.BRAND)
    write.published("黑屏：负责人", roles="partner_manager,dispatcher")
    chosen = write.published("黑屏：甲伙伴", audience=Audience.CHOSEN)
    chosen.partners.set([side_a.partner])
    write.draft("黑屏：草稿")

    def reads(user) -> set[str]:
        found = search(Article.objects.readable_by(actor(user)), Wanted("黑屏"))
        return {row.title[3:] for row in rows_of(Article.objects.all(), found.keys)}

    assert reads(side_a.technicians[0].user) == {"所有人", "甲伙伴"}
    assert reads(side_a.manager) == {"所有人", "甲伙伴", "负责人"}
    assert reads(side_b.manager) == {"所有人", "负责人"}
    assert reads(technical) == {"所有人", "甲伙伴", "负责人", "品牌方"}
    assert reads(auditor) == reads(technical)
    assert reads(make.member(Role.ADMINISTRATOR)) == set()


def test_expired_and_withdrawn_articles_are_found_by_nobody(side_a):
    reader = actor(side_a.manager)
    for name in ("过期", "撤下"):
        write.published(f"黑屏{name}")
    actions.withdraw(write.WRITER, Article.objects.get(title="黑屏撤下"), "有误")
    with clock.travel(clock.now() + timedelta(days=400)):
        actions.expire(write.WRITER, Article.objects.get(title="黑屏过期"))
    assert search(Article.objects.readable_by(reader), Wanted("黑屏")).keys == []
    assert Article.objects.visible_to(reader).count() == 0


def test_nothing_typed_is_the_newest_and_a_flood_is_cut(side_a):
    for number in range(3):
        write.published(f"文章{number}")
    found = search(Article.objects.published(), Wanted("  "))
    assert rows_of(Article.objects.all(), found.keys)[0].title == "文章2"
    assert not found.is_cut
    assert MOST == 200
    Article.objects.filter(title="文章1").update(solved=1)
    reader = actor(side_a.manager)
    assert [row.title for row in most_useful(reader)] == ["文章1"]
    assert [row.title for row in recent(reader)] == ["文章2", "文章1", "文章0"]
