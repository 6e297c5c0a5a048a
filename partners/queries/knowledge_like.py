"""Articles that are like a question or a ticket, though they do not hold all its words (R018, R177)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any

from django.db.models import Case, Value, When
from django.db.models.functions import StrIndex
from django.db.models.lookups import Exact

from partners.models import Article
from partners.models.knowledge import ArticleQuerySet
from partners.queries.knowledge_index import INDEX
from portal.textsearch.likeness import likeness, telling, weights
from portal.textsearch.pairs import pairs_of, plain

MOST = 5
#: Pairs that one question is looked up by.
PAIRS = 40
#: Pairs by which the database ranks what it finds, and how many of the best are judged by all pairs.
WEIGHED, JUDGED = 14, 60
#: Below this share of the question an article is not like it.
LEAST = 0.3
TITLE, SAME_LINE, SAME_MODEL = 0.5, 0.15, 0.15


@dataclass(frozen=True, slots=True)
class Likely:
    """An article and how much it is like the question: from LEAST to about 2."""

    key: int
    likeness: float


def like(
    articles: ArticleQuerySet, title: str, more: str = "", *, line: int | None = None, model: str = "", most: int = MOST
) -> list[Likely]:
    """The articles most like a title and further words, the likest first; equal ones by what helped."""
    pairs = list(dict.fromkeys([*_pairs(title), *_pairs(more)]))[:PAIRS]
    known = INDEX.frequencies(pairs, "head", using=articles.db)
    rare = telling(known)
    if not rare:
        return []
    worth = weights(known)
    lines, models = _of_line(line), _of_model(model)
    found = []
    for key, solved, heading, head in _candidates(articles, rare, worth):
        share = likeness(worth, set(head.split()))
        if share < LEAST:
            continue
        share += TITLE * likeness(worth, set(_pairs(heading)))
        share += SAME_LINE * (key in lines) + SAME_MODEL * (key in models)
        found.append((Likely(key, round(share, 4)), solved))
    found.sort(key=lambda hit: (-hit[0].likeness, -hit[1], -hit[0].key))
    return [hit for hit, _solved in found[:most]]


def _candidates(articles: ArticleQuerySet, rare: Sequence[str], worth: Mapping[str, float]) -> Any:
    """Those with a rare pair, the best by the pairs that tell most: the database looks, we judge a few."""
    telling_most = sorted(worth, key=lambda pair: -worth[pair])[:WEIGHED]
    # Whole thousandths: PostgreSQL reckons fractions digit by digit.
    points = (
        Case(
            When(Exact(StrIndex("words__head", Value(pair)), 0), then=Value(0)),
            default=Value(round(1000 * worth[pair])),
        )
        for pair in telling_most
    )
    held = INDEX.holding(rare, "head", every=False, beside=_beside(rare, worth), using=articles.db)
    having = articles.filter(pk__in=held)
    ranked = having.annotate(points=reduce(add, points)).order_by("-points", "-solved", "-pk")
    # The keys alone are sorted; texts are read of those that are judged.
    best = list(ranked.values_list("pk", flat=True)[:JUDGED])
    return Article.objects.filter(pk__in=best).values_list("pk", "solved", "title", "words__head")


def _beside(rare: Sequence[str], worth: Mapping[str, float]) -> list[str]:
    """Pairs of which an article must hold one as well: where one alone is looked up, and it alone is not LEAST."""
    if len(rare) > 1 or worth[rare[0]] >= LEAST * sum(worth.values()):
        return []
    return [pair for pair in worth if pair != rare[0]]


def _pairs(text: str) -> list[str]:
    """In the order of the text, so that the beginning counts when it is long."""
    low = plain(text)
    kept = set(pairs_of(low))
    return [pair for index in range(len(low) - 1) if (pair := low[index : index + 2]) in kept]


def _of_line(line: int | None) -> set[int]:
    rows = Article.product_lines.through.objects.filter(productline=line) if line else None
    return set(rows.values_list("article", flat=True)) if rows is not None else set()


def _of_model(model: str) -> set[int]:
    rows = Article.product_models.through.objects.filter(productmodel__code=model) if model else None
    return set(rows.values_list("article", flat=True)) if rows is not None else set()
