"""A version of a contract: written, reviewed by legal, signed; the next one is an amendment (R031, R037, R038)."""

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import checked, locked, need_reason, signed_by
from partners.choices import ContractState
from partners.choices.contract import VersionKind, VersionState
from partners.models import ContractVersion, PartnerContract
from partners.notices import contract as notices
from partners.queries.people import department
from partners.rules.contract import IN_THE_MAKING, may_begin, may_review, missing
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.files.models import AttachmentKind
from portal.files.store import store
from portal.journal.log import record
from portal.journal.verbs import Verb
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.verdict import Verdict
from portal.kernel.words import joined

_OPEN = (ContractState.DRAFT, ContractState.IN_FORCE)


def write(
    actor: Actor,
    contract: PartnerContract,
    *,
    kind: str = VersionKind.AMENDMENT,
    valid_from: date | None = None,
    valid_until: date | None = None,
    reason: str = "",
) -> ContractVersion:
    """A new version, with the words of the last one to begin from. Raises Refused, Conflict or InvalidInput.

    The first version takes term, tier and lines of the contract; an amendment or renewal says why and from when.
    """
    with transaction.atomic():
        row = locked(actor, contract, verbs.contract.DRAFTED.code)
        _require_room(row)
        last = row.versions.order_by("-number").exclude(state=VersionState.WITHDRAWN).first()
        if last is not None:
            need_reason(reason, _("Say why the contract is amended."))
        version = ContractVersion(
            contract=row,
            number=(row.versions.aggregate(n=models.Max("number"))["n"] or 0) + 1,
            kind=kind if last else VersionKind.FIRST,
            reason=reason,
            tier=row.tier,
            valid_from=valid_from or row.valid_from,
            valid_until=valid_until or row.valid_until,
            author_id=actor.user_id,
        )
        checked(version)
        signed_by(actor, version, verbs.contract.DRAFTED.code).save()
        version.product_lines.set(row.product_lines.all())
        _copy_clauses(actor, last, version)
        _tell(actor, version, verbs.contract.DRAFTED, reason=reason)
    return version


def send_to_legal(actor: Actor, version: ContractVersion) -> ContractVersion:
    """The draft goes to the legal department; it must hold what is owed. Raises Refused, Conflict, InvalidInput."""
    with transaction.atomic():
        row = _step(actor, version, verbs.contract.TO_LEGAL, VersionState.DRAFT)
        lacking = missing(row.clauses.values_list("kind", flat=True))
        if lacking:
            raise InvalidInput(
                _("The version still needs a clause of each of these kinds: %s.") % joined(lacking), field="clauses"
            )
        _move(row, VersionState.LEGAL_REVIEW)
        _tell(actor, row, verbs.contract.TO_LEGAL)
        contract = row.contract
        notices.tell_brand(
            Role.LEGAL, "contract.to_legal", contract, region=contract.partner.region, **_named(row), who=actor.label
        )
    return row


def clear(actor: Actor, version: ContractVersion, opinion: str) -> ContractVersion:
    """The legal department finds the words compliant (R038). Raises Refused, Conflict or InvalidInput."""
    return _review(actor, version, opinion, VersionState.CLEARED, verbs.contract.CLEARED)


def send_back(actor: Actor, version: ContractVersion, opinion: str) -> ContractVersion:
    """The legal department wants other words (R038). Raises Refused, Conflict or InvalidInput."""
    return _review(actor, version, opinion, VersionState.DRAFT, verbs.contract.RETURNED)


def sign(actor: Actor, version: ContractVersion, *, signed_on: date, signed_at: str, scan: Any) -> ContractVersion:
    """Both sides have signed: day, place and the signed paper as a PDF go on file (R186).

    An amendment binds from the day after at the earliest. Raises Refused, Conflict or InvalidInput.
    """
    with transaction.atomic():
        row = _step(actor, version, verbs.contract.SIGNED, VersionState.CLEARED)
        need_reason(signed_at, _("Say where it was signed."))
        if signed_on > clock.today():
            raise InvalidInput(_("The day of signing lies in the future."), field="signed_on")
        verdict = may_begin(row.kind == VersionKind.FIRST, row.valid_from, clock.today())
        if not verdict:
            raise InvalidInput(verdict.reason, field="signed_on")
        row.signed_on, row.signed_at = signed_on, signed_at
        _move(row, VersionState.SIGNED, "signed_on", "signed_at")
        if scan is not None:
            store(scan, row, AttachmentKind.SCAN, actor, public=False)
        _tell(actor, row, verbs.contract.SIGNED, signed_on=signed_on, signed_at=signed_at)
        if row.contract.state == ContractState.DRAFT:
            row.contract.signed_on, row.contract.signed_at = signed_on, signed_at
            row.contract.save(update_fields=["signed_on", "signed_at"])
        notices.tell_managers(row.contract.partner, "contract.signed", **_named(row), valid_from=row.valid_from)
    return row


def withdraw(actor: Actor, version: ContractVersion, reason: str) -> ContractVersion:
    """A version that is still being made is given up. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why it is withdrawn."))
    with transaction.atomic():
        row = _step(actor, version, verbs.contract.WITHDRAWN, *IN_THE_MAKING)
        _move(row, VersionState.WITHDRAWN)
        _tell(actor, row, verbs.contract.WITHDRAWN, reason=reason)
    return row


def _require_room(contract: PartnerContract) -> None:
    if contract.state not in _OPEN:
        raise Conflict(_("The contract is “%(state)s” now.") % {"state": contract.get_state_display()})
    unfinished = contract.versions.filter(state__in=(*IN_THE_MAKING, VersionState.SIGNED)).first()
    if unfinished is not None:
        told = {"version": unfinished.number, "state": unfinished.get_state_display()}
        raise Conflict(_("Version %(version)s is “%(state)s”: finish that one first.") % told)


def _copy_clauses(actor: Actor, last: ContractVersion | None, version: ContractVersion) -> None:
    for clause in last.clauses.order_by("pk") if last else ():
        clause.pk, clause._state.adding, clause.version = None, True, version
        signed_by(actor, clause, verbs.contract.DRAFTED.code).save(force_insert=True)


def _review(actor: Actor, version: ContractVersion, opinion: str, state: VersionState, verb: Verb) -> ContractVersion:
    need = InvalidInput(_("Write down the opinion: it stays with the contract."), field="opinion")
    with transaction.atomic():
        verdict = may_review(actor.role, actor.user_id, version.author_id)
        if not verdict:
            raise Refused(verdict.reason)
        row = _step(actor, version, verb, VersionState.LEGAL_REVIEW, verdict=verdict)
        if not opinion.strip():
            raise need
        row.opinion, row.reviewer_id = opinion, actor.user_id
        _move(row, state, "opinion", "reviewer")
        _tell(actor, row, verb, opinion=opinion)
        partner = row.contract.partner
        people = [row.author] if row.author else department([Role.BRAND_MANAGER], partner.region)
        told = {**_named(row), "state": row.get_state_display(), "opinion": opinion}
        notices.tell(people, "contract.reviewed", row.contract, **told)
    return row


def _step(
    actor: Actor, version: ContractVersion, verb: Verb, *states: str, verdict: Verdict | None = None
) -> ContractVersion:
    """The version, with its contract's row locked: every step of either goes one after the other."""
    contract = locked(actor, version.contract, verb.code, verdict=verdict)
    row = locked(actor, version, verb.code, verdict=verdict)
    row.contract = contract
    if row.state not in states:
        raise Conflict(_("The version is “%(state)s” now.") % {"state": row.get_state_display()})
    return row


def _move(row: ContractVersion, state: VersionState, *fields: str) -> None:
    row.become(state)
    row.save(update_fields=["state", *fields])


def _named(row: ContractVersion) -> dict[str, Any]:
    return {"number": row.contract.number, "version": row.number, "partner": row.contract.partner.name}


def _tell(actor: Actor, row: ContractVersion, verb: Verb, **facts: Any) -> None:
    record(row.contract, verb.code, actor, facts={"number": row.contract.number, "version": row.number, **facts})
