"""A customer's agreement in versions: written, signed, in force from its first day (R184–R191)."""

from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from partners.rules.contract import may_begin
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.files.models import AttachmentKind
from portal.files.store import store
from portal.journal.log import entries_for, record
from portal.journal.verbs import Verb
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.workflow.corridor import lock_row
from tickets.actions.settle import changed
from tickets.choices.agreement import AgreementState, PartySide
from tickets.models import AgreementParty, AgreementVersion, ServiceAgreement, Ticket
from tickets.rules.verbs import agreement as verbs

#: What a version says and the agreement's own row shows as it binds now.
_TERMS = (
    "tier", "product_name", "contract_number", "warranty_from", "warranty_until", "valid_until", "inspection_months",
    "cycles_add_up",
)  # fmt: skip


def write(actor: Actor, agreement: ServiceAgreement, *, valid_from: date, reason: str = "") -> AgreementVersion:
    """A new version that begins with the words of the last one. Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        row = _locked(actor, agreement)
        if row.versions.filter(state=AgreementState.DRAFT).exists():
            raise Conflict(_("Another version of this agreement is being written: finish that one first."))
        last = row.versions.filter(state=AgreementState.SIGNED).order_by("-number").first()
        if last is not None and not reason.strip():
            raise InvalidInput(_("Say why the agreement is amended."), field="reason")
        terms = {name: getattr(last or row, name) for name in _TERMS}
        number = (row.versions.aggregate(n=models.Max("number"))["n"] or 0) + 1
        version = AgreementVersion(
            agreement=row, number=number, valid_from=valid_from, reason=reason, author_id=actor.user_id, **terms
        )
        _check(version)
        _by(actor, version).save()
        _copy(actor, row, last, version)
        _tell(actor, version, verbs.DRAFTED, reason=reason)
    return version


def sign(
    actor: Actor, version: AgreementVersion, *, signed_on: date, signed_at: str, scan: Any = None
) -> AgreementVersion:
    """Both parties signed; an amendment binds from tomorrow at the earliest. Raises Refused, Conflict, InvalidInput."""
    with transaction.atomic():
        row = _draft(actor, version)
        if not signed_at.strip():
            raise InvalidInput(_("Say where it was signed."), field="signed_at")
        if signed_on > clock.today():
            raise InvalidInput(_("The day of signing lies in the future."), field="signed_on")
        first = not row.agreement.versions.filter(state=AgreementState.SIGNED).exists()
        verdict = may_begin(first, row.valid_from, clock.today())
        if not verdict:
            raise InvalidInput(verdict.reason, field="signed_on")
        row.signed_on, row.signed_at = signed_on, signed_at
        row.become(AgreementState.SIGNED)
        _by(actor, row).save()
        if scan is not None:
            store(scan, row, AttachmentKind.SCAN, actor)
        _tell(actor, row, verbs.SIGNED, valid_from=row.valid_from)
        begin(row, clock.today())
    return row


def withdraw(actor: Actor, version: AgreementVersion, reason: str) -> AgreementVersion:
    """A draft is given up. Raises Refused, Conflict or InvalidInput."""
    if not reason.strip():
        raise InvalidInput(_("Say why it is withdrawn."), field="reason")
    with transaction.atomic():
        row = _draft(actor, version)
        row.become(AgreementState.WITHDRAWN)
        _by(actor, row).save()
        _tell(actor, row, verbs.WITHDRAWN, reason=reason)
    return row


def begin(version: AgreementVersion, today: date) -> bool:
    """On its first day the version's terms become those of the agreement's row; once, whoever calls it."""
    with transaction.atomic():
        agreement = lock_row(version.agreement)
        key = f"begins:{version.pk}"
        if version.valid_from > today or entries_for(agreement).filter(key=key).exists():
            return False
        for name in (*_TERMS, "signed_on", "signed_at"):
            setattr(agreement, name, getattr(version, name))
        agreement._change_reason = verbs.APPLIED.code
        agreement.save()
        facts = {"valid_from": version.valid_from, "valid_until": version.valid_until}
        facts |= {"number": agreement.number, "version": version.number}
        record(agreement, verbs.APPLIED.code, Actor.system("schedule"), facts=facts, key=key)
        _settle_since(agreement, version.valid_from)
    return True


def _settle_since(agreement: ServiceAgreement, day: date) -> None:
    """Tickets received since the version binds have its limits: a version that is entered late finds some (R187)."""
    received = datetime.combine(day, time(), clock.LOCAL)
    for ticket in Ticket.objects.filter(agreement=agreement, received_at__gte=received).order_by("pk"):
        changed(ticket, clock.now())


def turn_over() -> int:
    """Signed versions whose first day has come; answers how many began. For the schedule."""
    today = clock.today()
    due = AgreementVersion.objects.filter(state=AgreementState.SIGNED, valid_from__lte=today, valid_until__gte=today)
    begun = 0
    for version in due.select_related("agreement").order_by("agreement", "valid_from", "number"):
        begun += begin(version, today)
    return begun


def _locked(actor: Actor, agreement: ServiceAgreement) -> ServiceAgreement:
    if not (actor.is_desk or actor.is_system):
        raise Refused(_("Only the service desk writes agreements."))
    if not ServiceAgreement.objects.visible_to(actor).filter(pk=agreement.pk).exists():
        raise Refused(_("This row is not in your regions."))
    row: ServiceAgreement = lock_row(agreement)
    return row


def _draft(actor: Actor, version: AgreementVersion) -> AgreementVersion:
    agreement = _locked(actor, version.agreement)
    row: AgreementVersion = lock_row(version)
    row.agreement = agreement
    if row.state != AgreementState.DRAFT:
        raise Conflict(_("The version is “%(state)s” now.") % {"state": row.get_state_display()})
    return row


def _copy(actor: Actor, row: ServiceAgreement, last: AgreementVersion | None, version: AgreementVersion) -> None:
    if last is None:
        side, customer = PartySide.RECIPIENT, row.customer
        contact = customer.contacts.order_by("-primary", "pk").first()
        told = {"contact_name": contact.name, "phone": contact.phone} if contact else {}
        party = AgreementParty(
            version=version, side=side, name=customer.name, code=customer.uscc, address=customer.address, **told
        )
        _by(actor, party).save()
        return
    for old in [*last.parties.all(), *last.lines.order_by("pk")]:
        old.pk, old._state.adding, old.version = None, True, version
        _by(actor, old).save(force_insert=True)


def _by(actor: Actor, row: Any) -> Any:
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    return row


def _check(version: AgreementVersion) -> None:
    try:
        version.full_clean()
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        raise InvalidInput(" ".join(words), field=None if name == "__all__" else name) from error


def _tell(actor: Actor, row: AgreementVersion, verb: Verb, **facts: Any) -> None:
    told = {"number": row.agreement.number, "version": row.number, **facts}
    record(row.agreement, verb.code, actor, facts=told)
