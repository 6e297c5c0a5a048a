"""Which reports a person finds, and which one a code belongs to (R219)."""

import re
from typing import Any

from django.db.models import Count, Q

from kpi.models import QuarterlyReport, ReportScope, ReportState
from kpi.queries.scope import BRAND, Scope
from partners.models import Partner
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.models import JournalEntry
from portal.kernel.quarter import Quarter
from tickets.models import Customer, TicketFact

#: Who opens /reports/: partners only through their manager.
READERS = frozenset({Role.AUDITOR, Role.BRAND_MANAGER, Role.PARTNER_MANAGER})
#: Two groups of a printed code. A shorter word is part of a name: by chance many a code begins with it.
CODE_PREFIX = 8


def reports_for(actor: Actor) -> Any:
    """The reports that this person may list and download, the newest first."""
    if actor.role not in READERS:
        return QuarterlyReport.objects.none()
    return QuarterlyReport.objects.visible_to(actor).select_related("partner", "customer", "requested_by")


def found(rows: Any, *, quarter: str = "", scope: str = "", partner: str = "", text: str = "") -> Any:
    """The rows narrowed by what the page's form says; nonsense narrows to nothing."""
    if quarter:
        rows = rows.filter(quarter=quarter.upper())
    if scope in ReportScope.values:
        rows = rows.filter(scope=scope)
    if partner:
        rows = rows.filter(partner__code=partner)
    if text:
        code = Q(code__startswith=bare(text)) if len(bare(text)) >= CODE_PREFIX else Q()
        named = Q(partner__name__icontains=text) | Q(customer__name__icontains=text)
        rows = rows.filter(named | code | Q(partner__code__iexact=text) | Q(customer__code__iexact=text))
    return rows


def quarters_of(rows: Any) -> list[str]:
    """The quarters that occur, the newest first."""
    return sorted(rows.order_by().values_list("quarter", flat=True).distinct(), reverse=True)


def partners_of(rows: Any) -> list[Partner]:
    """The partners that occur."""
    keys = rows.order_by().filter(partner__isnull=False).values("partner")
    return list(Partner.objects.filter(pk__in=keys).order_by("name"))


def by_code(code: str) -> QuarterlyReport | None:
    """The finished report of a verification code as it was typed."""
    if not bare(code):
        return None
    ready = QuarterlyReport.objects.filter(state=ReportState.READY).select_related("partner", "customer")
    return ready.filter(code=bare(code)).first()


def bare(code: str) -> str:
    """A code without the hyphens and spaces of paper, in capitals."""
    return re.sub(r"[\s-]", "", code).upper()


def downloads(reports: list[QuarterlyReport]) -> dict[int, int]:
    """How often each report was downloaded, from the log."""
    subjects = {f"quarterlyreport:{report.pk}": report.pk for report in reports}
    rows = JournalEntry.objects.filter(subject__in=subjects, verb="report.download").order_by()
    return {subjects[row["subject"]]: row["n"] for row in rows.values("subject").annotate(n=Count("pk"))}


def scopes_with_tickets(quarter: Quarter, actor: Actor) -> list[Scope]:
    """The brand, and every partner and customer that this person sees and that had tickets in the quarter."""
    facts = TicketFact.objects.filter(quarter=quarter.index, counted=True)
    partners = Partner.objects.visible_to(actor).filter(pk__in=facts.values("partner"))
    customers = Customer.objects.visible_to(actor).filter(pk__in=facts.values("customer"))
    if actor.regions:
        partners, customers = partners.filter(region__in=actor.regions), customers.filter(region__in=actor.regions)
    brand = [] if actor.regions else [BRAND]
    return [*brand, *(Scope(partner=p) for p in partners), *(Scope(customer=c) for c in customers)]
