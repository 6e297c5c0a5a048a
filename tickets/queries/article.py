"""Knowledge articles for a ticket: what is attached, what may help, a first draft of what was learnt (R018, R178)."""

from dataclasses import dataclass

from partners.models import Article
from partners.queries.knowledge import Wanted, rows_of, search
from partners.queries.knowledge_like import like
from portal.accounts.actor import Actor
from tickets.models import ArticleUse, ArticleVote, Ticket
from tickets.queries.ticket_page import records_of
from tickets.rules.anonymise import anonymous

#: How many articles are offered.
MOST = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """One article as the ticket's page shows it."""

    article: Article
    attached: bool
    votes: int
    mine: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What an article from this ticket could begin with."""

    title: str
    symptoms: str
    body: str


def attached_to(actor: Actor, ticket: Ticket) -> list[Offer]:
    """The articles of the ticket in order, with who many said that it solved this ticket."""
    uses = ArticleUse.objects.filter(ticket=ticket, article__in=Article.objects.visible_to(actor))
    rows = rows_of(Article.objects.visible_to(actor), list(uses.values_list("article", flat=True)))
    votes = list(ArticleVote.objects.filter(ticket=ticket).values_list("article", "user"))
    return [
        Offer(row, True, sum(voted == row.pk for voted, _user in votes), (row.pk, actor.user_id) in votes)
        for row in rows
    ]


def has_voted(actor: Actor, ticket: Ticket) -> bool:
    """Whether this person has said what solved it."""
    return ArticleVote.objects.filter(ticket=ticket, user_id=actor.user_id).exists()


def suggested_for(actor: Actor, ticket: Ticket, text: str = "") -> list[Offer]:
    """Articles that are like the ticket, or those that a search finds; the attached ones are left out."""
    uses = ArticleUse.objects.filter(ticket=ticket).values("article")
    articles = Article.objects.readable_by(actor).exclude(pk__in=uses)
    if text.strip():
        keys = search(articles, Wanted(text)).keys[:MOST]
    else:
        model = ticket.product_model
        hits = like(articles, ticket.title, ticket.description, line=ticket.product_line_id, model=model, most=MOST)
        keys = [hit.key for hit in hits]
    return [Offer(row, False, 0, False) for row in rows_of(articles, keys)]


def offered_to_answer(actor: Actor, ticket: Ticket) -> list[Article]:
    """What an answer may name: the attached articles, then the suggested ones."""
    offers = [*attached_to(actor, ticket), *suggested_for(actor, ticket)]
    return [offer.article for offer in offers if offer.article.state == "published"]


def known_words(ticket: Ticket) -> list[str]:
    """What tells whose ticket it is."""
    words = [
        ticket.customer_name,
        ticket.contact_name,
        ticket.contact_phone,
        ticket.contact_email,
        ticket.address,
        ticket.serial_number,
        ticket.contract_number,
        ticket.number,
    ]
    if ticket.customer is not None:
        words.append(ticket.customer.name)
    return [word for word in words if word]


def draft_of(ticket: Ticket) -> Draft:
    """Title, symptoms, cause and work of the ticket, without what names the customer."""
    records, known = records_of(ticket), known_words(ticket)
    diagnosis = records.diagnoses[-1] if records.diagnoses else None
    sheet = records.completions[-1] if records.completions else None
    parts = [f"- {part.name}（{part.part_number}）× {part.quantity}" for part in (sheet.parts.all() if sheet else ())]
    sections = [
        ("现象与检查", diagnosis.finding if diagnosis else ""),
        ("原因", sheet.cause if sheet else diagnosis.probable_cause if diagnosis else ""),
        ("处理步骤", sheet.work_and_result if sheet else ""),
        ("所用备件", "\n".join(parts)),
    ]
    body = "\n\n".join(f"## {title}\n\n{anonymous(text, known)}" for title, text in sections if text)
    return Draft(anonymous(ticket.title, known)[:160], anonymous(ticket.description, known)[:600], body)
