"""The first page, by role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from portal.accounts.roles import ADMIN_SITE, Role
from tickets.views.customer.request import landing


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
