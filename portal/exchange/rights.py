"""May this person still have this export? Asked when the making begins, when it ends and at each download (F07)."""

import hashlib
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.urls import resolve, reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import ADMIN_SITE
from portal.exchange import log
from portal.exchange.models import ExportJob
from portal.kernel.verdict import ALLOWED, Denied, Verdict


def session_of(user: User) -> str:
    """What ends when he signs out everywhere or has another password; the hash itself is kept nowhere."""
    return hashlib.sha256(user.get_session_auth_hash().encode()).hexdigest()


def reach_of(actor: Actor) -> str:
    """What decides which rows and columns somebody sees."""
    return f"{actor.role} {actor.organisation_id} {sorted(actor.regions)}"


def page_of(job: ExportJob) -> Any:
    """The list's admin; None where this version has no such list any more."""
    try:
        return admin.site._registry.get(apps.get_model(job.model))
    except (LookupError, ValueError):
        return None


def named(job: ExportJob) -> dict[str, str]:
    """What the service log calls the list."""
    page = page_of(job)
    return log.named(page.opts) if page else {"sheet": job.model, "model": job.model}


def request_of(job: ExportJob, user: User, actor: Actor) -> HttpRequest:
    """The request that would export the list, filtered as it was, for the person as he is now."""
    request, page = HttpRequest(), page_of(job)
    request.method, request.GET = "GET", QueryDict(job.filter)
    request.path = request.path_info = page._url("export") if page else reverse("admin:index")
    request.resolver_match = resolve(request.path)
    request.META.update(SERVER_NAME="localhost", SERVER_PORT="80", QUERY_STRING=job.filter)
    request.user, request.actor = user, actor
    return request


def may_have(job: ExportJob, user: User, actor: Actor) -> Verdict:
    """Ask account, session, role, list, masking and, once the file is made, that nothing of these changed since."""
    if actor.role not in ADMIN_SITE:
        return Denied(_("The account has no role any more that may export."))
    if not constant_time_compare(session_of(user), job.session):
        return Denied(_("Since it was asked for, the person signed out everywhere or has another password."))
    page, request = page_of(job), request_of(job, user, actor)
    if page is None or not (page.has_export_permission(request) and page.has_view_permission(request)):
        return Denied(_("The role does not allow this export any more."))
    if not job.masked and actor.role not in page.roles_unmask:
        return Denied(_("The role does not allow personal data in full any more."))
    if job.reach and job.reach != reach_of(actor):
        return Denied(_("Role or regions are others than when the file was made."))
    return ALLOWED
