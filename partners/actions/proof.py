"""Record that somebody has a skill or a document, or keeps to appearance and conduct (R117–R119, R173, R174)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import held, need_reason, require
from partners.models import PostRequirement, Staff, StaffProof
from partners.rules import training
from partners.rules.qualification import months_later
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.files.models import AttachmentKind
from portal.files.store import store
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused


def record_proof(
    actor: Actor,
    staff: Staff,
    requirement: PostRequirement,
    *,
    met: bool,
    note: str = "",
    valid_until: date | None = None,
    upload: UploadedFile | None = None,
) -> StaffProof:
    """The newest check of a requirement counts; one that was not met needs a note. Raises Refused or InvalidInput."""
    with transaction.atomic():
        person: Staff = held(actor, staff, verbs.training.PROOF_RECORDED.code)
        require(training.may_vouch(actor.role))
        if person.user_id is not None and person.user_id == actor.user_id:
            raise Refused(_("Nobody vouches for himself."))
        if requirement.post != person.post:
            raise InvalidInput(_("The post of this person does not ask for that."), field="requirement")
        if not met:
            need_note(note)
        today = clock.today()
        if valid_until is None and met and requirement.valid_months:
            valid_until = months_later(today, requirement.valid_months)
        if valid_until is not None and valid_until < today:
            raise InvalidInput(_("This proof has expired already."), field="valid_until")
        proof = StaffProof(
            staff=person,
            requirement=requirement,
            met=met,
            checked_on=today,
            valid_until=valid_until,
            note=note[:300],
            checked_by=actor.label[:120],
        )
        _save(actor, proof)
        if upload is not None:
            store(upload, proof, AttachmentKind.DOCUMENT, actor, public=False)
        result = _("met") if met else _("not met")
        facts = {"requirement": requirement.name, "result": result, "note": note, "valid_until": valid_until}
        record(person, verbs.training.PROOF_RECORDED.code, actor, facts=facts)
    return proof


def need_note(note: str) -> None:
    """Whoever finds fault says what. Raises InvalidInput."""
    try:
        need_reason(note, _("Say what is missing."))
    except InvalidInput as error:
        raise InvalidInput(error.message, field="note") from error


def _save(actor: Actor, proof: StaffProof) -> None:
    try:
        proof.full_clean()
    except ValidationError as error:
        raise InvalidInput(" ".join(error.messages)) from error
    proof._history_user = User(pk=actor.user_id) if actor.user_id else None
    proof.save(force_insert=True)
