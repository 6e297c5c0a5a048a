"""Articles beside a ticket on both sides' pages, and the form that contributes one (R018, R178)."""

import pytest
from django.urls import reverse

from partners.choices.knowledge import Audience
from partners.models import Article
from portal.accounts.models import User
from tests.factories import knowledge as write
from tests.tickets.stages import Stage
from tickets.choices import Category, TicketState
from tickets.models import ArticleUse, ArticleVote

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def stage(db) -> Stage:
    return Stage()


@pytest.fixture
def article(stage):
    return write.published("充电桩按启动键无法启动", "查急停。", "没有反应", lines=[stage.line])


def url(ticket) -> str:
    return reverse("ticket_articles", args=[ticket.number])


def test_the_technician_finds_attaches_and_votes(client, stage, article):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    client.force_login(stage.ann.user)
    page = client.get(reverse("field:ticket", args=[ticket.number])).content.decode()
    assert url(ticket) in page
    listed = client.get(url(ticket), headers=HTMX).content.decode()
    assert article.title in listed
    assert "<html" not in listed
    assert article.title in client.get(url(ticket)).content.decode()
    reading = reverse("ticket_article", args=[ticket.number, article.number])
    assert "查急停" in client.get(reading).content.decode()
    for deed in ("attach", "detach", "attach", "solved"):
        assert client.post(url(ticket), {"deed": deed, "article": article.number}).status_code == 302
    assert (ArticleUse.objects.count(), ArticleVote.objects.count()) == (1, 1)
    again = client.post(url(ticket), {"deed": "solved", "article": article.number})
    assert again.status_code == 409
    assert client.get(url(ticket), {"q": "黑屏"}, headers=HTMX).status_code == 200


def test_the_desk_does_so_in_the_admin(client, stage, article):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    client.force_login(User.objects.get(username="dora"))
    page = client.get(reverse("admin:tickets_ticket_change", args=[ticket.pk])).content.decode()
    assert url(ticket) in page
    assert article.title in client.get(url(ticket), headers=HTMX).content.decode()
    assert client.get(url(ticket)).status_code == 302
    answer = client.post(url(ticket), {"deed": "attach", "article": article.number})
    assert answer["Location"] == reverse("admin:tickets_ticket_change", args=[ticket.pk])


def test_a01_strangers_and_hidden_articles_are_404(client, stage, article, auditor):
    ticket = stage.ticket_in(TicketState.ACCEPTED)
    hidden = write.published("充电桩无法启动，内部资料", audience=Audience.BRAND)
    client.force_login(stage.ann.user)
    assert "内部资料" not in client.get(url(ticket), headers=HTMX).content.decode()
    assert client.get(reverse("ticket_article", args=[ticket.number, hidden.number])).status_code == 404
    for said in ({"deed": "attach", "article": hidden.number}, {"deed": "x", "article": article.number}, {}):
        assert client.post(url(ticket), said).status_code == 404
    client.force_login(auditor)
    assert client.post(url(ticket), {"deed": "attach", "article": article.number}).status_code == 403
    client.force_login(stage.other.technicians[0].user)
    for address in (url(ticket), reverse("ticket_article", args=[ticket.number, article.number])):
        assert client.get(address).status_code == 404
    assert client.post(url(ticket), {"deed": "attach", "article": article.number}).status_code == 404
    assert client.get(reverse("ticket_contribute", args=[ticket.number])).status_code == 404


def test_r178_contribute_begins_with_the_tickets_words_and_keeps_what_is_refused(client, stage):
    ticket = stage.ticket_in(TicketState.RESOLVED)
    client.force_login(stage.ann.user)
    address = reverse("ticket_contribute", args=[ticket.number])
    assert address in client.get(reverse("field:ticket", args=[ticket.number])).content.decode()
    page = client.get(address).content.decode()
    assert "更换保险丝后恢复正常" in page
    assert ticket.contact_phone not in page
    said = {"kind": "solution", "title": "保险丝熔断", "symptoms": "", "body": "联系 13812345678 更换"}
    refused = client.post(address, said)
    assert refused.status_code == 400
    assert "联系 13812345678 更换" in refused.content.decode()
    assert client.post(address, {**said, "body": "更换保险丝"}).status_code == 302
    made = Article.objects.get()
    assert (made.state, made.contributor) == ("review", stage.ann)
    assert client.post(address, {**said, "body": "更换保险丝"}).status_code == 409


def test_not_before_it_is_solved(client, stage):
    ticket = stage.ticket_in(TicketState.IN_PROGRESS)
    client.force_login(stage.ann.user)
    assert client.get(reverse("ticket_contribute", args=[ticket.number])).status_code == 409


def test_r201_the_answer_offers_the_articles_that_fit(client, stage):
    stage.category = Category.CONSULTATION
    article = write.published("怎样设置分时电价", "平台上设置。")
    ticket = stage.ticket_in(TicketState.ACCEPTED, title="怎样设置分时电价")
    client.force_login(stage.ann.user)
    address = reverse("field:step", args=[ticket.number, "answer"])
    assert article.number in client.get(address).content.decode()
    said = {"answer": "在平台设置", "article": article.pk, "version": ticket.version}
    assert client.post(address, said).status_code == 302
    assert ArticleUse.objects.get().article == article
