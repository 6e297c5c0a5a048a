"""The landing page and the public service request (R057, R130, R193)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.actor import NOBODY
from portal.kernel.errors import InvalidInput
from portal.kernel.throttle import TooMany, address_of, count
from tickets import notices
from tickets.forms.request import RequestForm
from tickets.models import Ticket
from tickets.queries.sla_policy import policy_in_force
from tickets.rules.promise import promises
from tickets.views.customer.access import remember_lookup

_DONE = "request_done"


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """What a customer can do here."""
    return render(request, "tickets/customer/landing.html", {"promises": promises(policy_in_force())})


@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest) -> HttpResponse:
    """The form, and its sending; what was typed stays whatever goes wrong."""
    if request.method != "POST":
        return render(request, "tickets/customer/request.html", {"form": RequestForm()})
    form = RequestForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            count(f"request:{address_of(request)}", most=settings.REQUESTS_AN_HOUR, seconds=3600)
            ticket = form.save(NOBODY)
        except InvalidInput:
            pass  # the form shows it
        except TooMany as error:
            form.add_error(None, _("%(why)s You can also call the hotline.") % {"why": error})
            return render(request, "tickets/customer/request.html", {"form": form}, status=429)
        else:
            request.session[_DONE] = ticket.number
            remember_lookup(request, ticket)
            return redirect("public:done")
    return render(request, "tickets/customer/request.html", {"form": form}, status=400)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The number, and what happens next."""
    ticket = Ticket.objects.filter(number=request.session.get(_DONE, "")).first()
    if ticket is None:
        return redirect("public:request")
    return render(request, "tickets/customer/done.html", {"ticket": ticket, "way": notices.way_to_customer(ticket)})
