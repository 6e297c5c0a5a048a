"""To become a partner: apply, confirm, correct, and take an invitation up; without account, by signed link."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from partners.actions import application, onboarding
from partners.choices.application import ApplicationState
from partners.forms.application import ApplyForm, OutletRows
from partners.models import PartnerApplication
from portal.kernel.errors import InvalidInput
from portal.kernel.throttle import TooMany, address_of, count
from portal.links.models import SignedLink
from portal.links.tokens import resolve
from portal.webkit.account_forms import NewPasswordForm
from portal.webkit.widgets import dress

_DONE = "application_done"
#: Applications from one address in an hour.
MOST = 5


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    """The form, and its sending; what was typed stays whatever goes wrong."""
    if request.method != "POST":
        return _page(request, ApplyForm(), OutletRows(prefix="outlets"))
    form, outlets = ApplyForm(request.POST, request.FILES), OutletRows(request.POST, prefix="outlets")
    if form.is_valid() and outlets.is_valid():
        try:
            count(f"apply:{address_of(request)}", most=min(MOST, settings.REQUESTS_AN_HOUR), seconds=3600)
            row = form.save(outlets.rows())
        except InvalidInput:
            pass  # the form shows it
        except TooMany as error:
            form.add_error(None, str(error))
            return _page(request, form, outlets, status=429)
        else:
            request.session[_DONE] = row.number
            return redirect("join:done")
    return _page(request, form, outlets, status=400)


@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """The number, and that a link waits in the mail."""
    row = PartnerApplication.objects.filter(number=request.session.get(_DONE, "")).first()
    if row is None:
        return redirect("join:apply")
    return render(request, "partners/public/done.html", {"application": row})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Where the application stands; a POST confirms it, or sends the corrected one."""
    row = _of(resolve(token, "apply"))
    if row.state == ApplicationState.RETURNED:
        return _correct(request, row, token)
    if request.method == "POST":
        application.confirm(row)
        messages.success(request, _("Thank you: the application is with us now."))
        return redirect("join:status", token=token)
    return render(request, "partners/public/status.html", {"application": row, "ApplicationState": ApplicationState})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The invited manager chooses a password."""
    link = resolve(token, "invite")
    user = onboarding.invited(link)
    form = NewPasswordForm(user, request.POST if request.method == "POST" else None)
    for field in form.fields.values():
        dress(field.widget)
    if request.method == "POST" and form.is_valid():
        onboarding.take_up(link, form.cleaned_data["new_password1"])
        messages.success(request, _("Your password is set: sign in with it."))
        return redirect("login")
    page = {"form": form, "user_invited": user}
    return render(request, "partners/public/invitation.html", page, status=400 if form.is_bound else 200)


def _correct(request: HttpRequest, row: PartnerApplication, token: str) -> HttpResponse:
    if request.method != "POST":
        told = [
            {name: getattr(outlet, name) for name in ("name", "region", "address", "phone")}
            for outlet in row.outlets.all()
        ]
        return _page(request, ApplyForm(known=row), OutletRows(prefix="outlets", initial=told), known=row)
    form = ApplyForm(request.POST, request.FILES, known=row)
    outlets = OutletRows(request.POST, prefix="outlets")
    if form.is_valid() and outlets.is_valid():
        try:
            form.save(outlets.rows())
        except InvalidInput:
            pass  # the form shows it
        else:
            messages.success(request, _("Thank you: the application is with us now."))
            return redirect("join:status", token=token)
    return _page(request, form, outlets, known=row, status=400)


def _page(
    request: HttpRequest, form: ApplyForm, outlets: object, *, status: int = 200, known: object = None
) -> HttpResponse:
    context = {"form": form, "outlets": outlets, "known": known}
    return render(request, "partners/public/apply.html", context, status=status)


def _of(link: SignedLink) -> PartnerApplication:
    row = PartnerApplication.objects.filter(pk=link.subject.partition(":")[2]).first()
    if row is None:
        raise Http404
    return row
