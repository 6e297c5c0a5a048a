"""Articles in a ticket: attached once, voted for once, named by the answer, contributed without the customer."""

import pytest

from partners.actions.knowledge_base import Text
from partners.choices.knowledge import Audience
from partners.models import Article
from portal.accounts.roles import Role
from portal.journal.log import entries_for
from portal.kernel.errors import Conflict, InvalidInput, Refused
from tests import factories as make
from tests.cast import actor
from tests.factories import knowledge as write
from tests.tickets.stages import Stage, picture
from tickets.actions import article as actions
from tickets.actions import completion
from tickets.choices import Category, TicketState
from tickets.models import ArticleUse, ArticleVote
from tickets.queries.article import attached_to, draft_of, offered_to_answer, suggested_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db) -> Stage:
    return Stage()


def verbs(ticket) -> list[str]:
    return [verb for verb in entries_for(ticket).values_list("verb", flat=True) if verb.startswith("article")]


def test_r018_suggested_by_words_line_and_model(stage):
    like = write.published("充电桩按启动键无法启动", "查急停。", "没有反应", lines=[stage.line])
    write.published("显示屏黑屏", "重启。")
    hidden = write.published("充电桩无法启动（内部）", "内部。", audience=Audience.BRAND)
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    assert [offer.article for offer in suggested_for(stage.technician, ticket)] == [like]
    assert hidden in [offer.article for offer in suggested_for(stage.desk, ticket)]
    assert [offer.article.title for offer in suggested_for(stage.technician, ticket, "黑屏")] == ["显示屏黑屏"]


def test_attached_once_and_told_once(stage):
    article, ticket = write.published(), stage.ticket_in(TicketState.ACCEPTED)
    for _again in range(2):
        actions.attach(stage.technician, ticket, article)
    assert ArticleUse.objects.count() == 1
    assert verbs(ticket) == ["article_attached"]
    assert [offer.article for offer in attached_to(stage.technician, ticket)] == [article]
    assert suggested_for(stage.technician, ticket) == []


def test_what_was_attached_by_mistake_is_taken_off_and_what_solved_it_stays(stage):
    wrong, right, ticket = write.published("甲"), write.published("乙"), stage.ticket_in(TicketState.ACCEPTED)
    actions.attach(stage.technician, ticket, wrong)
    actions.detach(stage.technician, ticket, wrong)
    assert [offer.article for offer in attached_to(stage.technician, ticket)] == []
    with pytest.raises(Conflict):
        actions.detach(stage.technician, ticket, wrong)
    actions.solved_it(stage.technician, ticket, right)
    with pytest.raises(Conflict):
        actions.detach(stage.technician, ticket, right)
    with pytest.raises(Refused):
        actions.detach(stage.stranger, ticket, right)
    assert verbs(ticket) == ["article_attached", "article_detached", "article_attached", "article_solved"]


def test_r177_one_vote_a_person_and_ticket(stage):
    article, other = write.published("甲"), write.published("乙")
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    actions.solved_it(stage.technician, ticket, article)
    for again in (article, other):
        with pytest.raises(Conflict, match="甲"):
            actions.solved_it(stage.technician, ticket, again)
    actions.solved_it(stage.dispatcher, ticket, article)
    actions.solved_it(stage.technician, stage.ticket_in(TicketState.ACCEPTED), article)
    article.refresh_from_db()
    assert (article.solved, ArticleVote.objects.count()) == (3, 3)
    assert verbs(ticket) == ["article_attached", "article_solved", "article_solved"]


def test_a01_strangers_and_readers_attach_nothing(stage, auditor):
    legal = make.member(Role.LEGAL, stage.brand)
    article, ticket = write.published(), stage.ticket_in(TicketState.ACCEPTED)
    hidden = write.published(audience=Audience.BRAND)
    for other in (stage.stranger, actor(legal), actor(auditor)):
        with pytest.raises(Refused):
            actions.attach(other, ticket, article)
    with pytest.raises(Refused):
        actions.attach(stage.technician, ticket, hidden)
    assert not ArticleUse.objects.exists()


def test_r201_the_answer_names_its_article_and_attaches_it(stage):
    article = write.published("怎样设置分时电价", "平台上设置。")
    stage.category = Category.CONSULTATION
    ticket = stage.ticket_in(TicketState.ACCEPTED, title="怎样设置分时电价")
    assert offered_to_answer(stage.technician, ticket) == [article]
    completion.answer(stage.technician, ticket, answer="在平台设置", article=article)
    entry = entries_for(ticket).get(verb="answer")
    assert entry.facts["article"] == str(article)
    assert ArticleUse.objects.get().article == article


def test_r178_a_draft_from_the_ticket_names_no_customer(stage):
    ticket = stage.ticket_in(TicketState.RESOLVED, title="赵女士1的桩无法启动", description="打 13700000001 给联系人1")
    draft = draft_of(ticket)
    text = f"{draft.title}{draft.symptoms}{draft.body}"
    assert "保险丝熔断" in text
    assert "更换保险丝后恢复正常" in text
    for word in ("13700000001", "联系人1", stage.served.customer.name):
        assert word not in text


def test_r178_contributed_once_with_its_pictures_and_credited_later(stage):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    text = Text("保险丝熔断导致无法启动", "## 处理\n\n更换保险丝。", "按启动键没有反应")
    article = actions.contribute(stage.technician, ticket, stage.ann, text, files=[picture("保险丝.png")])
    assert (article.state, article.contributor, article.source) == ("review", stage.ann, ticket.number)
    assert list(article.product_lines.all()) == [stage.line]
    assert verbs(ticket) == ["article_proposed"]
    with pytest.raises(Conflict):
        actions.contribute(stage.technician, ticket, stage.ann, text)
    assert Article.objects.count() == 1


def test_r160_a_contribution_that_names_the_customer_is_refused_at_its_field(stage):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    for text, field in (
        (Text("题目", "请联系 13812345678"), "body"),
        (Text(f"{ticket.customer_name}的桩", "正文"), "title"),
    ):
        with pytest.raises(InvalidInput) as caught:
            actions.contribute(stage.technician, ticket, stage.ann, text)
        assert caught.value.field == field
    assert not Article.objects.exists()


def test_only_from_solved_tickets_of_ones_own(stage):
    text = Text("题目", "正文")
    with pytest.raises(Conflict):
        actions.contribute(stage.technician, stage.ticket_in(TicketState.IN_PROGRESS), stage.ann, text)
    ticket = stage.ticket_in(TicketState.RESOLVED)
    with pytest.raises(Refused):
        actions.contribute(stage.stranger, ticket, stage.other.technicians[0], text)
