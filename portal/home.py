"""The first page, by role."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from portal import people
from portal.accounts.actor import Actor
from portal.accounts.roles import ADMIN_SITE, Role
from tickets.views.customer.request import landing


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the pages' language; somebody who is signed in gets his messages in it too."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and code in dict(settings.LANGUAGES) and request.user.language != code:
        request.user.language = code
        request.user.save(update_fields=["language"])
    return set_language(request)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """Asks first; a POST ends every session of this person, this one too (F07)."""
    if request.method != "POST":
        return render(request, "registration/sign_out_everywhere.html", {"back": _own_page(request.actor)})
    people.sign_out_everywhere(request.actor)
    logout(request)
    messages.success(request, _("You are signed out on all devices."))
    return redirect("login")


def _own_page(actor: Actor) -> str:
    """Where the button stands."""
    return reverse("field:me" if actor.is_partner else "admin:my_notice_settings")


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Partners to their inbox, auditors to the reports, brand staff to the admin site, others to the welcome."""
    actor = request.actor
    if actor.is_partner:
        return redirect("field:inbox")
    if actor.role == Role.AUDITOR:
        return redirect("reports:list")
    if actor.role in ADMIN_SITE:
        return redirect("admin:index")
    return landing(request)


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The picture of the tab, at the address where programs look that read no page."""
    return redirect(static("portal/favicon.svg"))
