"""Find articles: title over symptoms over text, whole words over scattered ones, then what helped and what is new.

R018, R177. Two looks at most: whoever finds enough in titles and symptoms never reads the texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Coalesce

from partners.models import Article
from partners.models.knowledge import ArticleQuerySet
from partners.queries.knowledge_index import INDEX
from partners.queries.knowledge_like import like
from portal.accounts.actor import Actor
from portal.textsearch.pairs import holds, pairs_of, terms_of

#: Nobody reads further: he types another word.
MOST = 200
#: With fewer exact hits, similar articles are offered as well.
FEW = 5
#: What a term is worth, by where it stands as a whole: title, symptoms, text; scattered it is worth 1.
IN_TITLE, IN_SYMPTOMS, IN_BODY = 8, 4, 2


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; empty means everything."""

    text: str = ""
    kind: str = ""
    line: int | None = None
    model: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Keys in order, the terms to mark, and from which place on the hits are only similar."""

    keys: list[int] = field(default_factory=list)
    terms: list[str] = field(default_factory=list)
    exact: int = 0

    @property
    def is_cut(self) -> bool:
        return self.exact >= MOST


def narrowed(articles: ArticleQuerySet, wanted: Wanted) -> ArticleQuerySet:
    """By kind, product line and model; an article that names no line or model is for all of them."""
    if wanted.kind:
        articles = articles.filter(kind=wanted.kind)
    if wanted.line:
        lines = Article.product_lines.through.objects
        for_it = Q(pk__in=lines.filter(productline=wanted.line).values("article"))
        articles = articles.filter(for_it | ~Q(pk__in=lines.values("article")))
    if wanted.model:
        models = Article.product_models.through.objects
        for_it = Q(pk__in=models.filter(productmodel=wanted.model).values("article"))
        articles = articles.filter(for_it | ~Q(pk__in=models.values("article")))
    return articles


def search(articles: ArticleQuerySet, wanted: Wanted) -> Found:
    """The best hits among `articles` (in the reader's scope), MOST at the most."""
    articles, terms = narrowed(articles, wanted), terms_of(wanted.text)
    if not terms and wanted.text.strip():
        return Found()  # nothing but signs
    if not terms:
        keys = list(articles.order_by("-published_at", "-pk").values_list("pk", flat=True)[:MOST])
        return Found(keys, [], len(keys))
    keys = _best(_holding(articles, terms, "head"), terms, body=False, most=MOST)
    if len(keys) < MOST:
        others = _holding(articles.exclude(pk__in=keys), terms)
        keys += _best(others, terms, body=True, most=MOST - len(keys))
    exact = len(keys)
    if exact < FEW:
        similar = like(articles.exclude(pk__in=keys), " ".join(terms))
        keys += [hit.key for hit in similar]
    return Found(keys, terms, exact)


def _holding(articles: ArticleQuerySet, terms: Sequence[str], *columns: str) -> ArticleQuerySet:
    """Articles with every pair of every term in the columns; a single character must stand in the title."""
    pairs = sorted({pair for term in terms for pair in pairs_of(term)})
    if pairs:
        articles = articles.filter(pk__in=INDEX.holding(pairs, *columns, using=articles.db))
    for term in terms:
        if not pairs_of(term):
            articles = articles.filter(holds("title", term))
    return articles


def _best(articles: ArticleQuerySet, terms: Sequence[str], *, body: bool, most: int) -> list[int]:
    ranked = articles.annotate(rank=reduce(add, (_worth(term, body=body) for term in terms)))
    order = ("-rank", "-solved", Coalesce("published_at", "current__created_at").desc(nulls_last=True), "-pk")
    return list(ranked.order_by(*order).values_list("pk", flat=True)[:most])


def _worth(term: str, *, body: bool) -> Any:
    places = [
        When(holds("title", term), then=Value(IN_TITLE)),
        When(holds("symptoms", term), then=Value(IN_SYMPTOMS)),
    ]
    if body:
        # A pair that the index found is the whole term already: no text need be read again.
        whole = Q() if len(term) == 2 else holds("current__body", term)
        places.append(When(whole, then=Value(IN_BODY)) if whole else When(pk__gt=0, then=Value(IN_BODY)))
    return Case(*places, default=Value(1), output_field=IntegerField())


def rows_of(articles: ArticleQuerySet, keys: Sequence[int]) -> list[Article]:
    """The articles of some keys in their order, with text and product lines."""
    found = articles.select_related("current", "contributor", "contributor_partner").prefetch_related("product_lines")
    known = found.in_bulk(list(keys))
    return [known[key] for key in keys if key in known]


def recent(actor: Actor, most: int = 6) -> list[Article]:
    """What was published last."""
    keys = Article.objects.readable_by(actor).order_by("-published_at", "-pk").values_list("pk", flat=True)[:most]
    return rows_of(Article.objects.all(), list(keys))


def most_useful(actor: Actor, most: int = 6) -> list[Article]:
    """What solved most tickets, then what is read most."""
    rows = Article.objects.readable_by(actor).filter(Q(solved__gt=0) | Q(views__gt=0))
    keys = rows.order_by("-solved", "-views", "-published_at", "-pk").values_list("pk", flat=True)[:most]
    return rows_of(Article.objects.all(), list(keys))
