"""The customer's ticket on his signed link: follow, add, confirm, reject, rate (R060–R062, R214–R222)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.actor import Actor
from portal.kernel.errors import Conflict, InvalidInput
from portal.links.session import actor_of, remember
from portal.links.tokens import LinkGone, LinkUnknown, resolve
from portal.webkit.views import problem
from tickets.forms.base import StepForm
from tickets.forms.customer import CUSTOMER_FORMS, RateForm
from tickets.models import Ticket
from tickets.queries.story import public_story
from tickets.views.customer.page import steps_of

#: What the page says after each step.
THANKS = {
    "add_information": _("Thank you, we passed it on."),
    "confirm": _("Thank you for confirming. How was our service?"),
    "reject": _("We are sorry. A new plan will reach you within three working days."),
    "reopen": _("The request is open again; we will get in touch."),
    "cancel": _("The request has been withdrawn."),
    "rate": _("Thank you for your rating."),
}


@require_safe
def ticket(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link."""
    found = _open(request, token, "track")
    if isinstance(found, HttpResponse):
        return found
    actor, row = found
    return _page(request, token, actor, row)


@require_http_methods(["POST"])
def step(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """One step of the customer; a form with errors comes back with everything that was typed."""
    found = _open(request, token, "track")
    if isinstance(found, HttpResponse):
        return found
    actor, row = found
    if name not in CUSTOMER_FORMS:
        raise Http404
    form = CUSTOMER_FORMS[name](request.POST, request.FILES, actor=actor, ticket=row)
    if form.is_valid():
        try:
            form.save()
        except InvalidInput:
            pass  # the form shows it
        except Conflict as error:
            form.add_error(None, str(error))
            row.refresh_from_db()
            return _page(request, token, actor, row, form, status=409)
        else:
            messages.success(request, str(THANKS[name]))
            return redirect("customer:ticket", token)
    return _page(request, token, actor, row, form, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """附件4 on its own link."""
    found = _open(request, token, "rate")
    if isinstance(found, HttpResponse):
        return found
    actor, row = found
    if row.rated_at:
        return render(request, "tickets/customer/rated.html", {"ticket": row})
    verdict = row.verdict(actor, "rate")
    if not verdict:  # opened again, for example: said before he types, not after
        return problem(request, 409, verdict.reason)
    form, status = RateForm(actor=actor, ticket=row), 200
    if request.method == "POST":
        form, status = RateForm(request.POST, actor=actor, ticket=row), 400
        if form.is_valid():
            try:
                return render(request, "tickets/customer/rated.html", {"ticket": form.save()})
            except InvalidInput:
                pass  # the form shows it
            except Conflict as error:
                form.add_error(None, str(error))
                status = 409
    return render(request, "tickets/customer/rate.html", {"ticket": row, "form": form}, status=status)


def _open(request: HttpRequest, token: str, purpose: str) -> tuple[Actor, Ticket] | HttpResponse:
    """The actor and his ticket, or the page that says why not; checked anew at every request (I02)."""
    try:
        link = resolve(token, purpose)
    except (LinkUnknown, LinkGone) as error:
        return problem(request, error.status, error.message)
    actor = actor_of(link)
    row = Ticket.objects.visible_to(actor).select_related("owner", "outlet", "partner").first()
    if row is None:
        raise Http404
    remember(request, link)
    return actor, row


def _page(
    request: HttpRequest, token: str, actor: Actor, row: Ticket, sent: StepForm | None = None, status: int = 200
) -> HttpResponse:
    """All forms that the state allows; the one that was sent keeps its text even if it is too late for it."""
    forms: dict[str, Any] = {
        name: form(actor=actor, ticket=row, auto_id=f"id_{name}_%s")
        for name, form in CUSTOMER_FORMS.items()
        if row.verdict(actor, name) and not (name == "rate" and row.rated_at)
    }
    if sent is not None:
        sent.auto_id = f"id_{sent.step}_%s"
        forms[sent.step] = sent
    context = {
        "ticket": row,
        "token": token,
        "forms": forms,
        "sent": sent.step if sent is not None else "",
        "story": public_story(row),
        "sheet": row.completionconfirmation_set.order_by("-created_at").prefetch_related("parts").first(),
        **steps_of(row),
    }
    return render(request, "tickets/customer/ticket.html", context, status=status)
