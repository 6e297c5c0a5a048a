"""What a new day does to contracts: signed versions begin, terms end, ends are announced (R031). For the schedule."""

from datetime import date

from django.db import transaction

from partners import verbs
from partners.actions.base import locked, signed_by
from partners.choices import ContractState
from partners.choices.contract import VersionState
from partners.models import ContractVersion, PartnerContract
from partners.notices import contract as notices
from partners.queries.contract import ending, run_out, waiting_to_begin
from partners.queries.people import managers_of
from partners.rules.contract import WARN_DAYS, due_warning
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import entries_for, record
from portal.kernel import clock

SCHEDULE = Actor.system("schedule")


def turn_over() -> dict[str, int]:
    """Everything that the day owes; answers how many of each. A run that comes late or twice changes nothing more."""
    today = clock.today()
    return {
        "begun": sum(begin(version, today) for version in list(waiting_to_begin(today))),
        "expired": sum(expire(contract, today) for contract in list(run_out(today))),
        "warned": sum(warn(contract, today) for contract in list(ending(today, max(WARN_DAYS)))),
    }


def begin(version: ContractVersion, today: date) -> bool:
    """A signed amendment or renewal is in force from its first day on; the one before is replaced."""
    with transaction.atomic():
        contract = locked(SCHEDULE, version.contract, verbs.contract.APPLIED.code)
        row = locked(SCHEDULE, version, verbs.contract.APPLIED.code)
        if row.state != VersionState.SIGNED or row.valid_from > today or contract.state == ContractState.TERMINATED:
            return False
        for before in contract.versions.filter(state=VersionState.IN_FORCE):
            signed_by(SCHEDULE, before, verbs.contract.APPLIED.code).become(VersionState.SUPERSEDED)
            before.save(update_fields=["state"])
        row.become(VersionState.IN_FORCE)
        row.save(update_fields=["state"])
        contract.become(ContractState.IN_FORCE)
        contract.tier, contract.valid_until = row.tier, row.valid_until
        contract.save(update_fields=["state", "tier", "valid_until"])
        contract.product_lines.set(row.product_lines.all())
        facts = {"valid_from": row.valid_from, "valid_until": row.valid_until}
        record(contract, verbs.contract.APPLIED.code, SCHEDULE, facts=_named(contract, row) | facts)
    return True


def expire(contract: PartnerContract, today: date) -> bool:
    """The last day lies behind and nothing carries the contract on."""
    with transaction.atomic():
        row = locked(SCHEDULE, contract, verbs.contract.EXPIRED.code)
        if row.state != ContractState.IN_FORCE or row.valid_until >= today:
            return False
        row.become(ContractState.EXPIRED)
        row.save(update_fields=["state"])
        facts = {"number": row.number, "valid_until": row.valid_until}
        record(row, verbs.contract.EXPIRED.code, SCHEDULE, facts=facts)
        _tell_both(row, "contract.expired", valid_until=row.valid_until)
    return True


def warn(contract: PartnerContract, today: date) -> bool:
    """Brand and partner managers are told 90, 30 and 7 days before the end, once each: the journal keeps which."""
    with transaction.atomic():
        row = locked(SCHEDULE, contract, verbs.contract.WARNED.code)
        mark = due_warning(row.valid_until, today)
        key = f"ends:{row.valid_until}:{mark}"
        if row.state != ContractState.IN_FORCE or mark is None or entries_for(row).filter(key=key).exists():
            return False
        days = (row.valid_until - today).days
        facts = {"number": row.number, "valid_until": row.valid_until, "days": days}
        record(row, verbs.contract.WARNED.code, SCHEDULE, facts=facts, key=key)
        _tell_both(row, "contract.ends", valid_until=row.valid_until, days=days)
    return True


def _tell_both(contract: PartnerContract, code: str, **context: object) -> None:
    partner = contract.partner
    notices.tell_brand(
        Role.BRAND_MANAGER, code, contract, region=partner.region, number=contract.number, partner=partner, **context
    )
    notices.tell(managers_of(partner), code, contract, number=contract.number, partner=partner, **context)


def _named(contract: PartnerContract, version: ContractVersion) -> dict[str, object]:
    return {"number": contract.number, "version": version.number}
