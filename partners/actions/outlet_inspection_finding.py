"""Put findings right: report, accept or send back, object and answer, remind (R182, I05)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import held, need_reason, require, signed_by
from partners.choices.outlet_inspection import FindingState, Result
from partners.models import OutletInspection, OutletInspectionFinding, Staff
from partners.notices import outlet_inspection as notices
from partners.queries import outlet_inspection as inspections
from partners.rules import outlet_inspection as rules
from partners.verbs import outlet_inspection as verbs
from portal.accounts.actor import Actor
from portal.files.models import AttachmentKind
from portal.files.store import store
from portal.journal.log import record
from portal.journal.verbs import Verb
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.workflow.corridor import lock_row


def report(
    actor: Actor, finding: OutletInspectionFinding, measures: str, evidence: Iterable[Any]
) -> OutletInspectionFinding:
    """The partner put it right and shows it: words and photos. Raises Refused, Conflict or InvalidInput."""
    if not measures.strip():
        raise InvalidInput(_("Say what was done."), field="measures")
    uploads = list(evidence)
    if not uploads:
        raise InvalidInput(_("Show it: add a photo of the correction."), field="photos")
    with transaction.atomic():
        row = _locked(actor, finding, "report", verbs.REPORTED)
        for upload in uploads:
            store(upload, row, AttachmentKind.PHOTO, actor, public=False)
        row.measures, row.reported_at, row.reported_by_id = measures.strip(), clock.now(), actor.user_id
        row.become(FindingState.REPORTED)
        row.save()
        _tell(actor, row, verbs.REPORTED, measures=row.measures, photos=len(uploads))
        notices.tell_brand(row.inspection, "finding.reported", item=str(row.answer.item), measures=row.measures)
    return row


def accept(actor: Actor, finding: OutletInspectionFinding, remark: str = "") -> OutletInspectionFinding:
    """The brand finds it corrected. Raises Refused or Conflict."""
    with transaction.atomic():
        row = _locked(actor, finding, "decide", verbs.ACCEPTED)
        _accept(row, remark.strip())
        _tell(actor, row, verbs.ACCEPTED, remark=row.decision)
        notices.tell_partner(row.inspection, "finding.accepted", finding=row, item=str(row.answer.item))
    return row


def send_back(
    actor: Actor, finding: OutletInspectionFinding, reason: str, due_on: date | None = None
) -> OutletInspectionFinding:
    """Not corrected yet; the deadline stays unless a later one is given. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say what is still wrong."))
    if due_on is not None and due_on < clock.today():
        raise InvalidInput(_("Choose today or a later day."), field="due_on")
    with transaction.atomic():
        row = _locked(actor, finding, "decide", verbs.SENT_BACK)
        _send_back(row, reason.strip(), due_on or row.due_on)
        _tell(actor, row, verbs.SENT_BACK, reason=row.decision, due_on=row.due_on)
        told = {"item": str(row.answer.item), "reason": row.decision, "due": row.due_on}
        notices.tell_partner(row.inspection, "finding.sent_back", finding=row, **told)
    return row


def object_to(actor: Actor, finding: OutletInspectionFinding, text: str) -> OutletInspectionFinding:
    """The partner sees it otherwise, once; the deadline runs on. Raises Refused, Conflict or InvalidInput."""
    if not text.strip():
        raise InvalidInput(_("Say why you see it otherwise."), field="text")
    with transaction.atomic():
        row = _locked(actor, finding, "object", verbs.OBJECTED)
        if row.objection:
            raise Conflict(_("An objection to this finding was made already."))
        row.objection, row.objected_at = text.strip(), clock.now()
        row.save()
        _tell(actor, row, verbs.OBJECTED, text=row.objection)
        notices.tell_brand(row.inspection, "finding.objected", item=str(row.answer.item), text=row.objection)
    return row


def answer_objection(
    actor: Actor, finding: OutletInspectionFinding, answer: str, *, upheld: bool
) -> OutletInspectionFinding:
    """The brand keeps the finding, or drops it and reckons the score anew. Raises Refused, Conflict, InvalidInput."""
    if not answer.strip():
        raise InvalidInput(_("Answer in words: the partner reads them."), field="answer")
    with transaction.atomic():
        verb = verbs.OBJECTION_UPHELD if upheld else verbs.OBJECTION_KEPT
        row = _locked(actor, finding, "answer", verb)
        if not row.waits_for_answer:
            raise Conflict(_("No objection to this finding waits for an answer."))
        row.objection_answer, row.decided_at = answer.strip(), clock.now()
        if upheld:
            row.become(FindingState.DROPPED)
        row.save()
        if upheld:
            _reckon_anew(row.inspection)
        _tell(actor, row, verb, answer=row.objection_answer, score=row.inspection.score)
        told = {"item": str(row.answer.item), "answer": row.objection_answer}
        notices.tell_partner(row.inspection, "finding.answered", finding=row, **told)
    return row


def assign_owner(actor: Actor, finding: OutletInspectionFinding, owner: Staff) -> OutletInspectionFinding:
    """Who at the outlet sees to it. Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        row = _locked(actor, finding, "assign", verbs.OWNER_SET)
        if owner.outlet.partner_id != row.inspection.outlet.partner_id or not owner.active:
            raise InvalidInput(_("Choose somebody who works for your company."), field="owner")
        row.owner = owner
        row.save()
        _tell(actor, row, verbs.OWNER_SET, owner=owner.name)
    return row


def settle_re_check(actor: Actor, re_check: OutletInspection, first: OutletInspection) -> None:
    """What a re-check found decides on the findings that it looked at; called while it is being submitted."""
    origin = lock_row(first)
    answers = {row.item_id: row for row in inspections.answers_of(re_check)}
    passed = left = 0
    for row in inspections.unsettled(origin).select_related("answer__item"):
        seen = answers.get(row.answer.item_id)
        if seen is None or seen.result == Result.NOT_APPLICABLE:
            continue
        signed_by(actor, row, re_check.number)
        if seen.result == Result.PASS:
            _accept(row, _("Re-check %(number)s") % {"number": re_check.number})
            passed += 1
        else:
            calendar, days = inspections.calendar_for(origin.outlet), row.answer.item.days
            _send_back(row, seen.remark, rules.due_day(calendar, clock.now(), days))
            left += 1
    facts = {"number": re_check.number, "passed": passed, "open": left}
    record(origin, verbs.RE_CHECK_DONE.code, actor, facts=facts)


def tell_overdue(today: date) -> int:
    """Tell partner and brand of findings whose day has passed, then every week; answers how many findings."""
    late = OutletInspectionFinding.objects.filter(state=FindingState.OPEN, due_on__lt=today)
    return sum(_tell_overdue(pk, today) for pk in list(late.values_list("pk", flat=True)))


def _tell_overdue(pk: int, today: date) -> bool:
    with transaction.atomic():
        row = lock_row(OutletInspectionFinding(pk=pk))
        if row.state != FindingState.OPEN or not rules.reminder_due(row.due_on, row.overdue_told_on, today):
            return False
        row.overdue_told_on = today
        signed_by(Actor.system(), row, "overdue").save()
        told = {"item": str(row.answer.item), "due": row.due_on}
        notices.tell_partner(row.inspection, "finding.overdue", finding=row, **told)
        notices.tell_brand(row.inspection, "finding.overdue", **told)
    return True


def _locked(actor: Actor, finding: OutletInspectionFinding, step: str, verb: Verb) -> OutletInspectionFinding:
    """The finding with its inspection locked: the journal of the inspection is written one after the other."""
    inspection = held(actor, finding.inspection, verb.code)
    row: OutletInspectionFinding = held(actor, finding, verb.code)
    row.inspection = inspection
    require(rules.may_settle(actor.role, step, row.state))
    return row


def _accept(row: OutletInspectionFinding, words: str) -> None:
    row.decision, row.decided_at = words, clock.now()
    row.become(FindingState.ACCEPTED)
    row.save()


def _send_back(row: OutletInspectionFinding, words: str, due_on: date) -> None:
    row.decision, row.decided_at, row.due_on, row.overdue_told_on = words, clock.now(), due_on, None
    row.become(FindingState.OPEN)
    row.save()


def _reckon_anew(inspection: OutletInspection) -> None:
    marks, version = inspections.marks_of(inspection), inspection.check_version
    inspection.score, inspection.core_failures = rules.score(marks), rules.core_failures(marks)
    inspection.grade = rules.grade(inspection.score, inspection.core_failures, version.pass_mark, version.top_mark)
    inspection.save()


def _tell(actor: Actor, row: OutletInspectionFinding, verb: Verb, **facts: Any) -> None:
    record(row.inspection, verb.code, actor, facts={"item": row.answer.item.number, **facts})
