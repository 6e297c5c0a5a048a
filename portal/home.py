"""The first page, by role."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

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
