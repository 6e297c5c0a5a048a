"""Knowledge articles beside a ticket: for the desk in the admin, for partner staff on a telephone (R018, R178)."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.knowledge import ArticleKind, ArticleState
from partners.models import Article
from partners.queries import knowledge_story as story
from portal.kernel.errors import InvalidInput, PortalError, Refused
from portal.webkit.guards import partner_page
from portal.webkit.markdown import render as markdown
from portal.webkit.views import problem
from tickets.actions import article as actions
from tickets.forms.article import ContributeForm
from tickets.models import Ticket
from tickets.queries import article as queries
from tickets.queries.field import visible_ticket
from tickets.queries.staffing import staff_of_user
from tickets.rules.article import may_contribute, may_use

DEEDS = {"attach": actions.attach, "detach": actions.detach, "solved": actions.solved_it}
DONE = {
    "attach": gettext_lazy("%(article)s is attached to the ticket."),
    "detach": gettext_lazy("%(article)s is no longer attached to the ticket."),
    "solved": gettext_lazy("Thank you: %(article)s counts as solved it."),
}


def _ticket(request: HttpRequest, number: str) -> Ticket:
    found = visible_ticket(request.actor, number)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, ticket: Ticket) -> str:
    """Where the person works on the ticket."""
    if request.actor.is_partner:
        return reverse("field:ticket", args=[ticket.number])
    return reverse("admin:tickets_ticket_change", args=[ticket.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def articles(request: HttpRequest, number: str) -> HttpResponse:
    """What is attached and what may help; a POST attaches one, takes one off, or says that it solved the ticket."""
    ticket = _ticket(request, number)
    if request.method == "POST":
        return _use(request, ticket)
    if not request.htmx and not request.actor.is_partner:
        return redirect(_page(request, ticket))
    return render(request, _template(request), offers(request, ticket))


def _template(request: HttpRequest) -> str:
    if not request.actor.is_partner:
        return "admin/tickets/ticket/_articles.html"
    return "tickets/field/_articles.html" if request.htmx else "tickets/field/articles.html"


def offers(request: HttpRequest, ticket: Ticket) -> dict[str, Any]:
    """What the list shows."""
    text = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:120]
    verdict = may_use(request.actor, ticket.standing())
    return {
        "ticket": ticket,
        "attached": queries.attached_to(request.actor, ticket),
        "suggested": queries.suggested_for(request.actor, ticket, text) if verdict else [],
        "text": text,
        "may_use": bool(verdict),
        "voted": queries.has_voted(request.actor, ticket),
        "ArticleKind": ArticleKind,
    }


def _use(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    deed = DEEDS.get(request.POST.get("deed", ""))
    rows = Article.objects.readable_by(request.actor)
    article = rows.filter(number=request.POST.get("article", "").replace("\0", "")).first()
    if deed is None or article is None:
        raise Http404
    try:
        deed(request.actor, ticket, article)
    except PortalError as error:
        return problem(request, error.status, error.message)
    messages.success(request, DONE[request.POST["deed"]] % {"article": article})
    return redirect(_page(request, ticket))


@require_safe
@partner_page
def article(request: HttpRequest, number: str, article_number: str) -> HttpResponse:
    """An article read for a ticket, with the buttons that go with it."""
    ticket = _ticket(request, number)
    rows = Article.objects.readable_by(request.actor).select_related("current", "contributor", "contributor_partner")
    row = rows.filter(number=article_number).first() if "\0" not in article_number else None
    if row is None:
        raise Http404
    files = story.files_of(row)
    context = {
        "ticket": ticket,
        "article": row,
        "version": row.current,
        "html": markdown(row.current.body, story.addresses(files)),
        "papers": [file for file in files if not file.content_type.startswith("image/")],
        "lines": list(row.product_lines.all()),
        "models": list(row.product_models.all()),
        "attached": any(offer.article == row for offer in queries.attached_to(request.actor, ticket)),
        "voted": queries.has_voted(request.actor, ticket),
        "may_use": bool(may_use(request.actor, ticket.standing())),
        "ArticleKind": ArticleKind,
        "ArticleState": ArticleState,
    }
    return render(request, "tickets/field/article.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def contribute(request: HttpRequest, number: str) -> HttpResponse:
    """Propose an article from a solved ticket; what was typed stays when it is refused."""
    ticket, staff = _ticket(request, number), staff_of_user(request.user.pk)
    verdict = may_contribute(request.actor, ticket.standing())
    if not verdict:
        return problem(request, 409 if getattr(verdict, "wrong_state", False) else 403, verdict.reason)
    if staff is None:
        raise Refused(_("Your account is not linked to a member of staff: ask your manager."))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ContributeForm(*sent, actor=request.actor, ticket=ticket, staff=staff)
    if request.method == "POST" and form.is_valid():
        try:
            made = form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
        except PortalError as error:
            return problem(request, error.status, error.message)
        else:
            text = _("Thank you: %(article)s waits for the technical department.") % {"article": made}
            messages.success(request, text, extra_tags=f"{ticket.number}:contribute")
            return redirect("house:contributions")
    context = {"ticket": ticket, "form": form, "files_lost": bool(request.FILES)}
    return render(request, "tickets/field/contribute.html", context, status=400 if form.errors else 200)
