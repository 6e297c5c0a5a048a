"""What a ticket's agreement and its partner's contract said on the day of its receipt (R031, R049)."""

from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from partners.queries.contract import service_levels
from portal.kernel import clock
from tickets.choices.agreement import AgreementState
from tickets.models import AgreementLine, AgreementVersion, ServiceAgreement, Ticket

#: Under this name stand the lines of a ticket that has no agreement.
PARTNER_ONLY = "partner contract"


def clauses_of(ticket: Ticket) -> list[Any]:
    """Limits of agreement and contract as they read on the day of receipt; a query for each of the two that it has."""
    day = clock.local(ticket.received_at).date()
    found: list[Any] = [*agreement_lines(ticket.agreement_id, day)] if ticket.agreement_id else []
    return [*found, *service_levels(ticket.partner_id, day)] if ticket.partner_id else found


def agreement_lines(agreement_id: int, day: date) -> list[AgreementLine]:
    """The agreement's own service levels on the day: those of its youngest signed version that had begun."""
    rows = AgreementLine.objects.filter(version__agreement=agreement_id)
    rows = rows.filter(version=Subquery(_binding(OuterRef("version__agreement"), day)))
    return list(rows.select_related("version__agreement").order_by("pk"))


def agreement_version_on(agreement: ServiceAgreement, day: date) -> AgreementVersion | None:
    """The version that binds on the day."""
    return AgreementVersion.objects.filter(pk__in=list(_binding(agreement.pk, day))).first()


def _binding(agreement: Any, day: date) -> QuerySet:
    rows = AgreementVersion.objects.filter(
        agreement=agreement, state=AgreementState.SIGNED, valid_from__lte=day, valid_until__gte=day
    )
    return rows.order_by("-valid_from", "-number").values_list("pk", flat=True)[:1]
