"""What partners answer to a release, and what the brand answers back (R147, R227)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import signed_by
from partners.actions.standard import locked
from partners.choices.standard import OpinionOutcome, ReleaseState
from partners.models import Opinion, Partner, Receipt, Release
from partners.notices import standard as notices
from partners.queries import people
from partners.queries import standard as standards
from partners.rules import standard as rules
from partners.verbs import standard as verbs
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.workflow.corridor import lock_row

LONGEST = 2000


def acknowledge(actor: Actor, release: Release) -> Receipt:
    """'Read and understood' in the partner's name, once (R147). Raises Refused or Conflict."""
    _require_manager(actor)
    with transaction.atomic():
        receipt = _receipt(actor, release)
        if receipt.acknowledged_at is not None:
            raise Conflict(_("This was confirmed already."))
        if receipt.release.state not in rules.OPEN_TO_OPINIONS:
            raise Conflict(_("This version does not hold any more: there is nothing to confirm."))
        receipt.acknowledged_at, receipt.acknowledged_by_id = clock.now(), actor.user_id
        signed_by(actor, receipt, "acknowledge")
        receipt.save()
        record(receipt.release, verbs.ACKNOWLEDGED.code, actor, facts={"partner": receipt.partner.short_name})
    return receipt


def give_opinion(actor: Actor, release: Release, text: str, clause_number: str = "") -> Opinion:
    """What the partner thinks of a version, or of one of its clauses (R227). Raises Refused, Conflict, InvalidInput."""
    if not actor.is_partner:
        raise Refused(_("Opinions are for partners."))
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise InvalidInput(_("Write your opinion in 1 to %(n)d characters.") % {"n": LONGEST}, field="text")
    with transaction.atomic():
        receipt = _receipt(actor, release)
        row = receipt.release
        if row.state not in rules.OPEN_TO_OPINIONS:
            raise Conflict(_("This version does not hold any more."))
        if row.state == ReleaseState.ANNOUNCED and row.opinions_until and clock.today() > row.opinions_until:
            raise Conflict(_("Opinions were collected until %(day)s.") % {"day": row.opinions_until})
        if clause_number and not row.clauses.filter(number=clause_number).exists():
            raise InvalidInput(_("There is no such clause in this version."), field="clause_number")
        opinion = Opinion(
            release=row,
            partner=receipt.partner,
            author_id=actor.user_id,
            clause_number=clause_number,
            text=text,
            given_at=clock.now(),
        )
        signed_by(actor, opinion, "opinion")
        opinion.save()
        facts = {"partner": receipt.partner.short_name, "clause": clause_number, "text": text}
        record(row, verbs.OPINION_GIVEN.code, actor, facts=facts)
        readers = [row.author] if row.author else people.department([Role.BRAND_MANAGER], receipt.partner.region)
        notices.tell_editors(row, readers, "opinion.given", partner=receipt.partner.short_name, text=text)
    return opinion


def answer_opinion(actor: Actor, opinion: Opinion, outcome: str, answer: str) -> Opinion:
    """Every opinion is answered, with what became of it (R227). Raises Refused, Conflict or InvalidInput."""
    if outcome not in OpinionOutcome.values or outcome == OpinionOutcome.OPEN:
        raise InvalidInput(_("Say what became of the opinion."), field="outcome")
    if not answer.strip():
        raise InvalidInput(_("Answer in words: the partner reads them."), field="answer")
    with transaction.atomic():
        release = locked(actor, opinion.release)
        row = lock_row(opinion)
        if row.outcome != OpinionOutcome.OPEN:
            raise Conflict(_("This opinion was answered already."))
        row.outcome, row.answer, row.answered_at = outcome, answer.strip(), clock.now()
        row.answered_by_id = actor.user_id
        signed_by(actor, row, "answer")
        row.save()
        facts = {"partner": row.partner.short_name, "outcome": outcome, "answer": row.answer}
        record(release, verbs.OPINION_ANSWERED.code, actor, facts=facts)
        notices.tell_author(row, outcome=row.get_outcome_display(), answer=row.answer)
    return row


def remind(today: date) -> int:
    """Remind managers of what holds and nobody confirmed; answers how many partners were reminded."""
    waiting = Receipt.objects.filter(acknowledged_at=None, release__state=ReleaseState.IN_FORCE)
    return sum(_remind(pk, today) for pk in list(waiting.values_list("pk", flat=True)))


def _remind(pk: int, today: date) -> bool:
    with transaction.atomic():
        row = lock_row(Receipt(pk=pk))
        if row.acknowledged_at is not None or row.release.effective_on is None:
            return False
        if not rules.reminder_due(row.release.effective_on, row.reminded_on, today):
            return False
        row.reminded_on = today
        signed_by(Actor.system(), row, "reminder")
        row.save()
        notices.tell_partner(row.release, row.partner, "release.reminder")
    return True


def hand_out_to_new_partners() -> int:
    """Whoever became a partner after an announcement gets what holds; answers how many receipts were made."""
    made = 0
    for release in Release.objects.filter(state__in=rules.OPEN_TO_OPINIONS).select_related("publication"):
        for partner in standards.without_receipt(release, standards.addressed(release.publication)):
            made += _hand_out(release, partner)
    return made


def _hand_out(release: Release, partner: Partner) -> bool:
    with transaction.atomic():
        _row, new = Receipt.objects.get_or_create(release=release, partner=partner, defaults={"told_at": clock.now()})
        if new:
            notices.tell_partner(release, partner, "release.announced", opinions="")
    return new


def _receipt(actor: Actor, release: Release) -> Receipt:
    """The partner's own receipt, locked. Raises Refused for a release that was not sent to him."""
    row = Receipt.objects.all().visible_to(actor).filter(release=release).first()
    if row is None or actor.organisation_id is None:
        raise Refused(_("This was not sent to your company."))
    return lock_row(row)


def _require_manager(actor: Actor) -> None:
    if actor.role != Role.PARTNER_MANAGER:
        raise Refused(_("The partner's manager confirms in the company's name."))
