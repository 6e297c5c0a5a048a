"""Which words of a contract hold on a day: what a ticket, a penalty or a ruling cites (R031, R049)."""

from collections.abc import Iterable
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from partners.choices.contract import ClauseKind
from partners.models import ContractClause, ContractVersion, PartnerContract
from partners.rules.contract import BINDING


def version_on(contract: PartnerContract, day: date) -> ContractVersion | None:
    """The version that binds on the day: the youngest that began by then; None outside of the term."""
    return versions_on(contract.versions.all(), day).order_by("-valid_from", "-number").first()


def versions_on(versions: QuerySet, day: date) -> QuerySet:
    """Versions that had begun by the day and not run out, of contracts that had not been ended."""
    goes_on = Q(contract__ended_on=None) | Q(contract__ended_on__gte=day)
    return versions.filter(goes_on, state__in=BINDING, valid_from__lte=day, valid_until__gte=day)


def clause_in_force(contract: PartnerContract, number: str, day: date) -> ContractClause | None:
    """The clause of that number as it read on that day."""
    version = version_on(contract, day)
    return version.clauses.filter(number=number).first() if version else None


def clauses_in_force(partner_id: int, kind: str, day: date) -> list[ContractClause]:
    """All clauses of a kind that bind the partner on the day, of whichever of its contracts; one query.

    Each contract speaks through its youngest version that had begun by then.
    """
    begun = versions_on(ContractVersion.objects.filter(contract=OuterRef("version__contract")), day)
    youngest = begun.order_by("-valid_from", "-number").values("pk")[:1]
    rows = ContractClause.objects.filter(version__contract__partner=partner_id, kind=kind, version=Subquery(youngest))
    return list(rows.select_related("version__contract").order_by("version__contract__number", "pk"))


def service_levels(partner_id: int, day: date) -> list[ContractClause]:
    """The limits that bind the partner on the day."""
    return clauses_in_force(partner_id, ClauseKind.SERVICE_LEVEL, day)


def waiting_to_begin(today: date) -> Iterable[ContractVersion]:
    """Signed versions whose first day has come."""
    signed = ContractVersion.objects.filter(state="signed", valid_from__lte=today)
    return signed.exclude(contract__state="terminated").exclude(contract__state="draft").select_related("contract")


def run_out(today: date) -> QuerySet[PartnerContract]:
    """Contracts in force whose last day lies behind, with no signed version that carries them on."""
    ended = PartnerContract.objects.filter(state="in_force", valid_until__lt=today)
    return ended.exclude(versions__state="signed", versions__valid_from__lte=today, versions__valid_until__gte=today)


def ending(today: date, within: int) -> QuerySet[PartnerContract]:
    """Contracts in force that end within so many days and are not renewed yet."""
    rows = PartnerContract.objects.filter(state="in_force", valid_until__gte=today).select_related("partner")
    rows = rows.exclude(versions__state="signed", versions__valid_until__gt=F("valid_until"))
    return rows.filter(valid_until__lte=date.fromordinal(today.toordinal() + within))
