"""Pages of the knowledge base beside its list: a text as readers see it, two texts compared, the list of credits."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.models import Article, ArticleVersion
from partners.queries import knowledge_story as story
from partners.rules.knowledge import may_nominate
from portal.adminkit.panels import panels_for
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.quarter import Quarter
from portal.webkit.markdown import render

#: A preview may look and do nothing else (D04).
_SEALED = "default-src 'none'; style-src 'self'; img-src 'self'; sandbox allow-same-origin"
LONGEST_PREVIEW = 100_000


def whole(request: HttpRequest, article: Article) -> dict[str, Any]:
    """Text, files, versions and journal under the article's form."""
    files = story.files_of(article)
    version = story.shown_text(article)
    newest = article.versions.latest("number")
    addresses = story.addresses(files)
    return {
        "article": article,
        "version": version,
        "newest": newest if newest.pk != version.pk else None,
        "html": render(version.body, addresses),
        "newest_html": render(newest.body, addresses) if newest.pk != version.pk else "",
        "files": files,
        "versions": article.versions.order_by("-number"),
        "events": entries_for(article).order_by("-sequence"),
        "may_nominate": bool(may_nominate(request.actor.role)),
        "panels": panels_for(request.actor, article),
    }


@require_POST
def preview(request: HttpRequest, page: Any) -> HttpResponse:
    """What was typed, as readers would see it; nothing is kept."""
    if not page.has_change_permission(request):
        raise PermissionDenied
    pk = request.GET.get("article", "")
    article = Article.objects.visible_to(request.actor).filter(pk=pk).first() if pk.isdecimal() else None
    addresses = story.addresses(story.files_of(article)) if article else {}
    context = {
        "title": request.POST.get("title", "")[:200],
        "symptoms": request.POST.get("symptoms", "")[:1000],
        "html": render(request.POST.get("body", "")[:LONGEST_PREVIEW], addresses),
    }
    response = TemplateResponse(request, "admin/partners/article/preview.html", context)
    response["Content-Security-Policy"] = _SEALED
    return response


@require_safe
def compare(request: HttpRequest, pk: int, page: Any) -> HttpResponse:
    """What changed from one version to another."""
    article = page.get_object(request, str(pk))
    if not page.has_view_permission(request, article):
        raise PermissionDenied
    versions = list(ArticleVersion.objects.visible_to(request.actor).filter(article=article).order_by("number"))
    new = _chosen(versions, request.GET.get("new")) or versions[-1]
    before = [version for version in versions if version.number < new.number]
    old = _chosen(versions, request.GET.get("old")) or (before[-1] if before else new)
    context = {
        **page.admin_site.each_context(request),
        "title": " · ".join((article.number, _("Compare versions"))),
        "opts": page.opts,
        "article": article,
        "versions": versions,
        "old": old,
        "new": new,
        "lines": story.compared(old, new),
        "back": reverse("admin:partners_article_change", args=[article.pk]),
    }
    return TemplateResponse(request, "admin/partners/article/compare.html", context)


def _chosen(versions: list[ArticleVersion], number: str | None) -> ArticleVersion | None:
    if number is None:
        return None
    found = next((version for version in versions if str(version.number) == number), None)
    if found is None:
        raise Http404
    return found


@require_safe
def credits(request: HttpRequest, page: Any) -> HttpResponse:
    """Who contributed what in a quarter, for the assessment (R178)."""
    if not page.has_view_permission(request):
        raise PermissionDenied
    wanted = request.GET.get("quarter", "")
    quarter = Quarter.parse(wanted) if wanted else Quarter.of(clock.now())
    rows = story.credits(quarter)
    context = {
        **page.admin_site.each_context(request),
        "title": _("Contributions of partners"),
        "opts": page.opts,
        "quarter": quarter,
        "quarters": story.credited_quarters(clock.now()),
        "rows": rows,
        "total": sum(row.articles for row in rows),
        "back": reverse("admin:partners_article_changelist"),
    }
    return TemplateResponse(request, "admin/partners/article/credits.html", context)
