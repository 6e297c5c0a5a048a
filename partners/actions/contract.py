"""Put contracts in force and end them (R031)."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import locked, need_reason, signed_by
from partners.choices import ContractState
from partners.choices.contract import VersionState
from partners.models import PartnerContract
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict


def put_in_force(actor: Actor, contract: PartnerContract) -> PartnerContract:
    """A contract whose first version is signed binds from now on, within its term. Raises Refused or Conflict."""
    with transaction.atomic():
        row = locked(actor, contract, verbs.CONTRACT_BEGUN.code)
        _require(row, ContractState.DRAFT)
        version = row.versions.filter(state=VersionState.SIGNED).order_by("number").first()
        if version is None:
            raise Conflict(_("Only a signed contract comes into force: legal review and signing come before."))
        signed_by(actor, version, verbs.CONTRACT_BEGUN.code).become(VersionState.IN_FORCE)
        version.save(update_fields=["state"])
        _end(actor, row, ContractState.IN_FORCE, verbs.CONTRACT_BEGUN.code, "")
    return row


def terminate(actor: Actor, contract: PartnerContract, reason: str) -> PartnerContract:
    """A contract in force ends today, before its time. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the contract ends."))
    with transaction.atomic():
        row = locked(actor, contract, reason)
        _require(row, ContractState.IN_FORCE)
        row.ended_on = clock.today()
        _end(actor, row, ContractState.TERMINATED, verbs.CONTRACT_ENDED.code, reason)
    return row


def _require(row: PartnerContract, state: ContractState) -> None:
    if row.state != state:
        raise Conflict(_("The contract is “%(state)s” now.") % {"state": row.get_state_display()})


def _end(actor: Actor, row: PartnerContract, state: ContractState, verb: str, reason: str) -> None:
    row.become(state)
    row.save(update_fields=["state", "ended_on"])
    facts = {"number": row.number, "valid_from": row.valid_from, "valid_until": row.valid_until, "reason": reason}
    record(row, verb, actor, facts=facts)
