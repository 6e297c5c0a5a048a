"""Standards and bulletins for partner staff: read, confirm, say an opinion, propose for the region."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from partners.choices.standard import AdjustmentState, OpinionOutcome, PublicationKind, ReleaseState
from partners.forms.standard import AcknowledgeForm, OpinionForm, ProposeForm
from partners.models import Clause, Receipt
from partners.queries import standard as standards
from partners.rules.standard import OPEN_TO_OPINIONS, adjustable
from portal.accounts.roles import Role
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit.guards import partner_page
from portal.webkit.views import problem

A_PAGE = 20
TABS = {
    "unread": gettext_lazy("To confirm"),
    "holding": gettext_lazy("In force"),
    "coming": gettext_lazy("Coming"),
    "past": gettext_lazy("Past"),
}
WORDS = {"PublicationKind": PublicationKind, "ReleaseState": ReleaseState, "OpinionOutcome": OpinionOutcome}


@require_safe
@partner_page
def index(request: HttpRequest) -> HttpResponse:
    """What the brand released to this partner, what waits for 'read and understood' first."""
    rows = standards.receipts_of(request.actor)
    counts = standards.tab_counts(rows)
    tab = request.GET.get("tab", "")
    if tab not in TABS:
        tab = "unread" if counts["unread"] else "holding"
    kind, text = request.GET.get("kind", ""), " ".join(request.GET.get("q", "").replace("\0", " ").split())[:80]
    found = standards.narrowed(rows, tab=tab, kind=kind, text=text)
    context = {
        **WORDS,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "tabs": [(name, label, counts[name], name == tab) for name, label in TABS.items()],
        "tab": tab,
        "kind": kind,
        "text": text,
        "kinds": PublicationKind.choices,
    }
    return render(request, "partners/field/standards.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One version, clause by clause as it holds in the partner's region; a POST confirms it or says an opinion."""
    receipt = find(request, pk)
    asked = request.POST.get("what", "") if request.method == "POST" else ""
    confirm = AcknowledgeForm(request.POST if asked == "confirm" else None)
    opinion = OpinionForm(request.POST if asked == "opinion" else None, release=receipt.release)
    if asked == "confirm" and confirm.is_valid():
        return _done(request, receipt, confirm, _("Confirmed: read and understood."))
    if asked == "opinion" and opinion.is_valid():
        return _done(request, receipt, opinion, _("Your opinion is with the brand. You will be told the answer."))
    return _page(request, receipt, confirm, opinion, status=400 if asked else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@partner_page
def propose(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """The form in which the manager proposes another figure for his region."""
    receipt = find(request, pk)
    if request.actor.role != Role.PARTNER_MANAGER:
        raise Http404
    row = Clause.objects.filter(release=receipt.release, pk=clause).first()
    if row is None:
        raise Http404
    region = receipt.partner.region
    form = ProposeForm(request.POST if request.method == "POST" else None, clause=row, region=region)
    if request.method == "POST" and form.is_valid():
        return _done(request, receipt, form, _("Your proposal waits for the brand’s decision."), clause=row)
    return _propose_page(request, receipt, row, form, status=400 if form.errors else 200)


def find(request: HttpRequest, pk: int) -> Receipt:
    """The partner's own receipt; 404 for what is absent and for what was not sent to him, alike (A01)."""
    receipt = standards.receipts_of(request.actor).filter(release_id=pk).first()
    if receipt is None:
        raise Http404
    return receipt


def _done(request: HttpRequest, receipt: Receipt, form: Any, words: str, clause: Clause | None = None) -> HttpResponse:
    try:
        if isinstance(form, AcknowledgeForm):
            form.save(request.actor, receipt.release)
        else:
            form.save(request.actor)
    except InvalidInput as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        if clause is not None:
            return _propose_page(request, receipt, clause, form, status=400)
        opinion = form if isinstance(form, OpinionForm) else OpinionForm(release=receipt.release)
        return _page(request, receipt, AcknowledgeForm(), opinion, status=400)
    except PortalError as error:
        return problem(request, error.status, error.message)
    messages.success(request, words)
    return redirect("house:standard", pk=receipt.release_id)


def _page(request: HttpRequest, receipt: Receipt, confirm: Any, opinion: Any, *, status: int) -> HttpResponse:
    release, manager = receipt.release, request.actor.role == Role.PARTNER_MANAGER
    live = release.state in OPEN_TO_OPINIONS
    rows = standards.held_clauses(release, receipt.partner.region)
    context = {
        **WORDS,
        "AdjustmentState": AdjustmentState,
        "receipt": receipt,
        "release": release,
        "rows": [(row, manager and live and bool(adjustable(row.clause.core, row.clause.value))) for row in rows],
        "opinions": standards.opinions_on(release, request.actor),
        "files": list(Attachment.objects.filter(subject=subject_of(release))),
        "may_confirm": manager and live and receipt.acknowledged_at is None,
        "live": live,
        "confirm": confirm,
        "opinion": opinion,
    }
    return render(request, "partners/field/standard.html", context, status=status)


def _propose_page(request: HttpRequest, receipt: Receipt, clause: Clause, form: Any, *, status: int) -> HttpResponse:
    context = {"receipt": receipt, "release": receipt.release, "clause": clause, "form": form}
    return render(request, "partners/field/standard_propose.html", context, status=status)
