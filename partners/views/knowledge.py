"""The knowledge base on a telephone: search first, then what is new and what helped (R018, R146, R178)."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from partners.actions.knowledge_use import count_view
from partners.choices.knowledge import ArticleKind, ArticleState, CaseKind, VersionState
from partners.models import Article, BenchmarkCase, ProductLine, ProductModel
from partners.queries import knowledge as queries
from partners.queries import knowledge_story as story
from portal.kernel.quarter import Quarter
from portal.textsearch.snippets import marked, snippet
from portal.webkit.guards import partner_page
from portal.webkit.markdown import render as markdown
from portal.webkit.markdown import words

A_PAGE = 20
WORDS = {"ArticleKind": ArticleKind, "ArticleState": ArticleState, "VersionState": VersionState, "CaseKind": CaseKind}


@require_safe
@partner_page
def knowledge(request: HttpRequest) -> HttpResponse:
    """Search with results as one types; without a word what is new and what helped most."""
    wanted = wanted_of(request.GET)
    context: dict[str, Any] = {**WORDS, "wanted": wanted}
    if wanted == queries.Wanted():
        context |= {"recent": queries.recent(request.actor), "useful": queries.most_useful(request.actor)}
    else:
        found = queries.search(Article.objects.readable_by(request.actor), wanted)
        page = Paginator(found.keys, A_PAGE).get_page(request.GET.get("page"))
        rows = queries.rows_of(Article.objects.readable_by(request.actor), page.object_list)
        exact = max(0, found.exact - page.start_index() + 1)
        context |= {"page": page, "found": found, "hits": hits(rows[:exact], found.terms)}
        context |= {"similar": hits(rows[exact:], found.terms)}
    if request.htmx:
        return render(request, "partners/field/_knowledge_results.html", context)
    context["lines"] = ProductLine.objects.visible_to(request.actor)
    context["models"] = ProductModel.objects.visible_to(request.actor).select_related("line")
    return render(request, "partners/field/knowledge.html", context)


def hits(rows: list[Article], terms: list[str]) -> list[dict[str, Any]]:
    """Each article with title and text marked where they answer the search."""
    return [
        {
            "article": row,
            "title": marked(row.title, terms),
            "text": snippet(f"{row.symptoms} {words(row.current.body)}", terms),
        }
        for row in rows
    ]


@require_safe
@partner_page
def article(request: HttpRequest, number: str) -> HttpResponse:
    """One article to read and to print; one's own also before it is published."""
    row = find_article(request, number)
    if row.state == ArticleState.PUBLISHED and request.method == "GET":
        count_view(request.actor, row)
    return render(request, "partners/field/article.html", {**WORDS, **shown(row)})


def find_article(request: HttpRequest, number: str) -> Article:
    """The article, if the actor sees it. Raises Http404 alike for what is absent and for what is not his (A01)."""
    rows = Article.objects.visible_to(request.actor).select_related(
        "current", "contributor", "contributor_partner", "owner"
    )
    row = rows.filter(number=number).first() if "\0" not in number else None
    if row is None:
        raise Http404
    return row


def shown(row: Article) -> dict[str, Any]:
    """What a page shows of an article."""
    files, version = story.files_of(row), story.shown_text(row)
    return {
        "article": row,
        "version": version,
        "html": markdown(version.body, story.addresses(files)),
        "papers": [file for file in files if not file.content_type.startswith("image/")],
        "lines": list(row.product_lines.all()),
        "models": list(row.product_models.all()),
        "cases": [case for case in row.cases.all() if case.state == "recommended"],
    }


@require_safe
@partner_page
def mine(request: HttpRequest) -> HttpResponse:
    """What I contributed, in which state it is, and for what I am credited; a manager sees his people's."""
    rows = Article.objects.contributed_by(request.actor).select_related("contributor").order_by("-pk")
    listed = list(rows.prefetch_related("versions"))
    credited = [row for row in listed if row.credited_at is not None]
    context = {
        **WORDS,
        "rows": [(row, _note(row)) for row in listed],
        "credited": len(credited),
        "solved": sum(row.solved for row in credited),
        "quarters": sorted({Quarter.of(row.credited_at) for row in credited}, reverse=True),
        "by_quarter": _by_quarter(credited),
    }
    return render(request, "partners/field/contributions.html", context)


def _note(row: Article) -> str:
    """Why the newest text came back, if it did."""
    last = max(row.versions.all(), key=lambda version: version.number)
    return last.review_note if last.state == VersionState.RETURNED else ""


def _by_quarter(rows: list[Article]) -> list[tuple[Quarter, int]]:
    counts: dict[Quarter, int] = {}
    for row in rows:
        quarter = Quarter.of(row.credited_at)
        counts[quarter] = counts.get(quarter, 0) + 1
    return sorted(counts.items(), reverse=True)


@require_safe
@partner_page
def recommended(request: HttpRequest) -> HttpResponse:
    """The standard list of good examples (R044, R045)."""
    rows = BenchmarkCase.objects.visible_to(request.actor).recommended().select_related("article", "partner")
    kind = request.GET.get("kind", "")
    if kind in CaseKind.values:
        rows = rows.filter(kind=kind)
    readable = set(Article.objects.readable_by(request.actor).filter(cases__in=rows).values_list("pk", flat=True))
    page = Paginator(rows.order_by("-decided_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    context = {**WORDS, "page": page, "kind": kind, "readable": readable}
    return render(request, "partners/field/recommended.html", context)


def wanted_of(query: QueryDict) -> queries.Wanted:
    """Words and filters of the address; what makes no sense narrows nothing."""
    words_typed = " ".join(query.get("q", "").replace("\0", " ").split())
    kind = query.get("kind", "")
    return queries.Wanted(
        words_typed[:120], kind if kind in ArticleKind.values else "", _pk(query.get("line")), _pk(query.get("model"))
    )


def _pk(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 12 else None
