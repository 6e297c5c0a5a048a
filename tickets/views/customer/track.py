"""工单查询: by number and telephone one sees the progress; a code sent to the contact opens everything (R214)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.journal.log import subject_of
from portal.kernel.errors import InvalidInput
from portal.kernel.throttle import TooMany, address_of, count
from portal.links.tokens import issue
from portal.notify.channels import MAIL
from tickets import notices
from tickets.forms.request import CodeForm, TrackForm
from tickets.models import Ticket
from tickets.queries.story import outline
from tickets.views.customer.access import check_code, digits, find, looked_up, new_code, remember_lookup
from tickets.views.customer.page import steps_of


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and telephone; an unknown number and a wrong telephone get the same words (K01)."""
    form = TrackForm(request.POST or None, initial={"number": request.GET.get("number", "")})
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                count(f"track:{address_of(request)}", most=20, seconds=900)
                count(f"track-number:{form.cleaned_data['number'].strip().upper()}", most=10, seconds=900)
            except TooMany as error:
                form.add_error(None, str(error))
                return render(request, "tickets/customer/track.html", {"form": form}, status=429)
            ticket = find(form.cleaned_data["number"], form.cleaned_data["phone"])
            if ticket is not None:
                remember_lookup(request, ticket)
                return redirect("public:progress", ticket.number)
            form.add_error(
                None, _("We find no ticket with this number and telephone. Check both, or call the hotline.")
            )
    return render(request, "tickets/customer/track.html", {"form": form}, status=status)


@require_safe
def progress(request: HttpRequest, number: str) -> HttpResponse:
    """State and story of a ticket that this browser looked up; nothing can be changed here."""
    ticket = _looked_up(request, number)
    return render(request, "tickets/customer/progress.html", _context(ticket, CodeForm()))


@require_POST
def send_code(request: HttpRequest, number: str) -> HttpResponse:
    """Send six digits to the contact's e-mail, or to his telephone where he has none."""
    ticket = _looked_up(request, number)
    way = notices.way_to_customer(ticket)
    if not way:
        messages.error(request, _("We cannot send you a code for this ticket: please call the hotline."))
        return redirect("public:progress", number)
    try:
        count(f"code:{ticket.pk}", most=5, seconds=3600)
        count(f"code-phone:{digits(ticket.contact_phone)}", most=5, seconds=3600)
        count(f"code-address:{address_of(request)}", most=20, seconds=3600)
    except TooMany as error:
        messages.error(request, str(error))
        return redirect("public:progress", number)
    notices.tell_customer(ticket, "ticket.code", code=new_code(request, ticket))
    by_mail = _("The code is on its way to the e-mail address of the contact person.")
    by_text = _("The code is on its way to the telephone of the contact person.")
    messages.success(request, by_mail if way == MAIL else by_text)
    return redirect("public:progress", number)


@require_POST
def open_with_code(request: HttpRequest, number: str) -> HttpResponse:
    """The right code gives this browser a signed link of its own."""
    ticket = _looked_up(request, number)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            check_code(request, ticket, form.cleaned_data["code"])
        except InvalidInput as error:
            form.add_error("code", str(error))
        else:
            token = issue(subject_of(ticket), "track", days=7, holder=ticket.contact_name)
            return redirect("customer:ticket", token)
    return render(request, "tickets/customer/progress.html", _context(ticket, form), status=400)


def _looked_up(request: HttpRequest, number: str) -> Ticket:
    ticket = looked_up(request, number)
    if ticket is None:
        raise Http404
    return ticket


def _context(ticket: Ticket, form: CodeForm) -> dict[str, object]:
    way = notices.way_to_customer(ticket)
    return {"ticket": ticket, "outline": outline(ticket), "form": form, "way": way, **steps_of(ticket)}
