"""The partner's own contracts, for its manager: what binds now, what bound before, its rights (R031, R003)."""

from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from partners.choices import ContractState, Standing
from partners.choices.contract import ClauseKind, VersionState
from partners.models import Authorisation, ContractVersion, Partner, PartnerContract
from partners.queries.contract import version_on
from partners.rules.clause_words import figures_of
from partners.rules.standing import TABLE
from portal.accounts.roles import Role
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel import clock
from portal.kernel.errors import Refused
from portal.webkit.guards import View, partner_page


def manager_page(view: View) -> View:
    """For the partner's manager alone: contracts are not the technicians' business (spec/roles.md)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.actor.role != Role.PARTNER_MANAGER:
            raise Refused(_("This page is for the partner's manager."))
        return view(request, *args, **kwargs)

    return partner_page(guarded)


@require_safe
@manager_page
def contracts(request: HttpRequest) -> HttpResponse:
    """Standing, contracts and authorisations of the partner."""
    partner = Partner.objects.visible_to(request.actor).first()
    if partner is None:
        raise Http404
    context = {
        "partner": partner,
        "allows": TABLE[partner.standing],
        "rows": PartnerContract.objects.visible_to(request.actor).order_by("-valid_from"),
        "rights": Authorisation.objects.visible_to(request.actor).select_related("product_line"),
        "today": clock.today(),
        "Standing": Standing,
        "ContractState": ContractState,
    }
    return render(request, "partners/field/contracts.html", context)


@require_safe
@manager_page
def contract(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """One contract: the words that bind today, or those of the version asked for."""
    row = PartnerContract.objects.visible_to(request.actor).filter(pk=pk).first()
    if row is None:
        raise Http404
    versions = list(ContractVersion.objects.visible_to(request.actor).filter(contract=row).order_by("-number"))
    shown = _shown(row, versions, number)
    context = {
        "contract": row,
        "versions": versions,
        "shown": shown,
        "binding": version_on(row, clock.today()),
        "clauses": [(clause, figures_of(clause)) for clause in shown.clauses.order_by("pk")] if shown else [],
        "papers": Attachment.objects.filter(subject=subject_of(shown)) if shown else [],
        "ClauseKind": ClauseKind,
        "VersionState": VersionState,
        "ContractState": ContractState,
    }
    return render(request, "partners/field/contract.html", context)


def _shown(row: PartnerContract, versions: list[ContractVersion], number: int | None) -> ContractVersion | None:
    if number is None:
        return version_on(row, clock.today()) or (versions[0] if versions else None)
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404
    return found
