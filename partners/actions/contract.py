"""Put contracts in force and end them (R031)."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import locked, need_reason
from partners.choices import ContractState
from partners.models import PartnerContract
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.journal.verbs import Verb
from portal.kernel.errors import Conflict


def put_in_force(actor: Actor, contract: PartnerContract) -> PartnerContract:
    """A draft binds from now on, within its term. Raises Refused or Conflict."""
    return _move(actor, contract, ContractState.DRAFT, ContractState.IN_FORCE, verbs.CONTRACT_BEGUN)


def terminate(actor: Actor, contract: PartnerContract, reason: str) -> PartnerContract:
    """A contract in force ends before its time. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the contract ends."))
    return _move(actor, contract, ContractState.IN_FORCE, ContractState.TERMINATED, verbs.CONTRACT_ENDED, reason)


def _move(
    actor: Actor, contract: PartnerContract, before: ContractState, after: ContractState, verb: Verb, reason: str = ""
) -> PartnerContract:
    with transaction.atomic():
        row = locked(actor, contract, reason or verb.code)
        if row.state != before:
            raise Conflict(_("The contract is “%(state)s” now.") % {"state": row.get_state_display()})
        row.become(after)
        row.save(update_fields=["state"])
        facts = {"number": row.number, "valid_from": row.valid_from, "valid_until": row.valid_until, "reason": reason}
        record(row, verb.code, actor, facts=facts)
    return row
