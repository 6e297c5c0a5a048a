"""Carry out, submit and close outlet inspections (R109–R114, R182, I05)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.actions.base import held, require, signed_by
from partners.actions.outlet_inspection_finding import settle_re_check
from partners.actions.outlet_inspection_plan import plan, step_through
from partners.choices.outlet_inspection import InspectionKind, InspectionState, Result, Severity
from partners.models import (
    CheckList,
    Outlet,
    OutletInspection,
    OutletInspectionAnswer,
    OutletInspectionFinding,
    Staff,
)
from partners.notices import outlet_inspection as notices
from partners.queries import outlet_inspection as inspections
from partners.rules import outlet_inspection as rules
from partners.verbs import outlet_inspection as verbs
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.files.models import Attachment, AttachmentKind
from portal.files.store import remove, store, store_data_url
from portal.journal.log import record, subject_of
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.verdict import ALLOWED, Denied, Verdict
from portal.workflow.corridor import Step, lock_row

#: Photos of one item in all.
MOST_PHOTOS = 12
#: How many gaps a refusal names.
NAMED = 5


def begin(actor: Actor, inspection: OutletInspection, **corridor: Any) -> OutletInspection:
    """The inspector is there: a sheet with an answer to give for each item. Raises Refused or Conflict."""

    def change(step: Step) -> None:
        row = step.row
        row.begin_inspection()
        given = row.inspector_id
        row.inspector_id, row.began_at = actor.user_id, step.at
        if given not in (None, actor.user_id):
            facts = {"inspector": actor.label, "planned_on": row.planned_on}
            record(row, verbs.ASSIGNED.code, actor, facts=facts)
        for item in _items(row):
            signed_by(actor, OutletInspectionAnswer(inspection=row, item=item), step.name).save()
        step.facts = {"outlet": row.outlet.name}

    return step_through(actor, inspection, "begin_inspection", change, **corridor)


def begin_self(actor: Actor, outlet: Outlet, check_list: CheckList) -> OutletInspection:
    """The partner looks at his own outlet, now (I05). Raises Refused, Conflict or InvalidInput."""
    if actor.role not in rules.PARTNER_SIDE:
        raise Refused(_("A self-inspection is done by the partner's manager or dispatcher."))
    if not inspections.own_outlets(actor).filter(pk=outlet.pk).exists():
        raise Refused(_("This outlet is not yours, or not active."))
    with transaction.atomic():
        lock_row(outlet)
        running = inspections.self_under_way(outlet, check_list)
        if running is not None:
            raise Conflict(_("%(number)s is under way already: go on with that one.") % {"number": running.number})
        return begin(actor, plan(actor, outlet, check_list, clock.today(), kind=InspectionKind.SELF))


def answer(
    actor: Actor, row: OutletInspectionAnswer, result: str, remark: str = "", photos: Iterable[Any] = ()
) -> OutletInspectionAnswer:
    """What was found at one item, saved at once; it may be changed until the inspection is submitted.

    Raises Refused, Conflict or InvalidInput. The history keeps each version, the journal the sum when it is submitted.
    """
    if result not in Result.values:
        raise InvalidInput(_("Choose one of the four answers."), field="result")
    with transaction.atomic():
        inspection = held(actor, row.inspection, "answer")
        require(may_answer(actor, inspection))
        fresh = lock_row(row)
        uploads = list(photos)
        there = Attachment.objects.filter(subject=subject_of(fresh)).count()
        if there + len(uploads) > MOST_PHOTOS:
            raise InvalidInput(_("At most %(n)d photos of one item.") % {"n": MOST_PHOTOS}, field="photos")
        for upload in uploads:
            store(upload, fresh, AttachmentKind.PHOTO, actor, public=False)
        fresh.result, fresh.remark, fresh.answered_at = result, remark.strip(), clock.now()
        signed_by(actor, fresh, "answer").save()
    return fresh


def remove_photo(actor: Actor, row: OutletInspectionAnswer, key: str) -> OutletInspectionAnswer:
    """A wrong photo goes, until the inspection is submitted; whoever took it does that. Raises Refused or Conflict.

    The journal keeps its name and digest, so that a proof cannot vanish unseen (R182).
    """
    with transaction.atomic():
        inspection = held(actor, row.inspection, "remove photo")
        require(may_answer(actor, inspection))
        photo = Attachment.objects.filter(subject=subject_of(lock_row(row)), key=key).first()
        if photo is None:
            raise Conflict(_("This photo is removed already."))
        if photo.uploaded_by != actor.label[:120]:
            raise Refused(_("Only %(who)s, who took this photo, removes it.") % {"who": photo.uploaded_by})
        facts = {"item": str(row.item), "photo": photo.name, "sha256": photo.sha256}
        remove(photo)
        record(inspection, verbs.PHOTO_REMOVED.code, actor, facts=facts)
    return row


def may_answer(actor: Actor, inspection: OutletInspection) -> Verdict:
    """Whether this person fills in the sheet now."""
    if actor.role not in rules.inspectors(inspection.kind):
        return Denied(_("Your role does not carry out this inspection."))
    if inspection.state != InspectionState.UNDER_WAY:
        words = _("The inspection is “%(state)s” now.") % {"state": inspection.get_state_display()}
        return Denied(words, wrong_state=True)
    if inspection.inspector_id != actor.user_id:
        return Denied(_("%(who)s carries out this inspection.") % {"who": inspection.inspector})
    return ALLOWED


def submit(
    actor: Actor,
    inspection: OutletInspection,
    *,
    summary: str = "",
    representative: str = "",
    signature: str = "",
    **corridor: Any,
) -> OutletInspection:
    """Hand it in: the score stands, each fault becomes a finding with a deadline, the partner is told.

    A re-check settles or reopens the findings that it looked at. Raises Refused, Conflict, or InvalidInput that names
    what is missing.
    """

    def change(step: Step) -> None:
        row = step.row
        answers = inspections.answers_of(row)
        marks = inspections.marks_of(row, answers)
        _complete(marks)
        row.score, row.core_failures = rules.score(marks), rules.core_failures(marks)
        row.grade = rules.grade(row.score, row.core_failures, row.check_version.pass_mark, row.check_version.top_mark)
        row.summary, row.representative = summary.strip(), representative.strip()
        row.submitted_at = step.at
        if signature:
            store_data_url(signature, row, AttachmentKind.SIGNATURE, actor, public=False)
        if row.origin_id is None:
            found = [_finding(actor, row, one, step.at) for one in answers if _faulty(row, one)]
            row.submit_inspection(InspectionState.RECTIFYING if found else InspectionState.SUBMITTED)
        else:
            found = [one for one in answers if one.result != Result.PASS]
            row.closed_at = step.at
            row.submit_inspection(InspectionState.CLOSED)
        step.facts = {"score": row.score, "grade": row.grade, "findings": len(found), "cores": row.core_failures}

    def settle(step: Step) -> None:
        if step.row.origin is not None:
            settle_re_check(actor, step.row, step.row.origin)
        notices.tell_submitted(step.row, step.facts["findings"])

    return step_through(actor, inspection, "submit_inspection", change, settle=settle, **corridor)


def close(actor: Actor, inspection: OutletInspection, **corridor: Any) -> OutletInspection:
    """Nothing is left to be corrected. Raises Refused, or Conflict while findings are not settled."""

    def change(step: Step) -> None:
        left = inspections.unsettled(step.row).count()
        if left:
            words = ngettext("%(n)d finding is not settled yet.", "%(n)d findings are not settled yet.", left)
            step.require(Denied(words % {"n": left}, wrong_state=True))
        step.row.close_inspection()
        step.row.closed_at = step.at

    return step_through(actor, inspection, "close_inspection", change, **corridor)


def cancel(actor: Actor, inspection: OutletInspection, reason: str, **corridor: Any) -> OutletInspection:
    """It does not take place. Raises Refused, Conflict or InvalidInput."""
    if not reason.strip():
        raise InvalidInput(_("Say why it is cancelled."), field="reason")

    def change(step: Step) -> None:
        step.row.cancel_inspection()
        step.row.cancel_reason = reason.strip()
        step.facts = {"reason": reason.strip()}
        notices.tell_announced(step.row, "inspection.cancelled", reason=reason.strip())

    return step_through(actor, inspection, "cancel_inspection", change, **corridor)


def _items(row: OutletInspection) -> list[Any]:
    """What is asked: all of the list, in a re-check only what is not settled."""
    if row.origin is None:
        return list(row.check_version.items.all())
    return [finding.answer.item for finding in inspections.unsettled(row.origin).select_related("answer__item")]


def _complete(marks: list[rules.Mark]) -> None:
    missing = rules.gaps(marks)
    if missing:
        named = "；".join(f"{gap.number}: {gap.what}" for gap in missing[:NAMED])
        more = _("… and %(n)d more") % {"n": len(missing) - NAMED} if len(missing) > NAMED else ""
        raise InvalidInput(_("Not complete yet: %(what)s") % {"what": named + more}, field="gaps")


def _faulty(row: OutletInspection, one: OutletInspectionAnswer) -> bool:
    return rules.makes_finding(one.result, partly_too=row.check_version.partly_too)


def _finding(actor: Actor, row: OutletInspection, one: Any, at: Any) -> OutletInspectionFinding:
    core = one.item.core and one.result == Result.FAIL
    finding = OutletInspectionFinding(
        inspection=row,
        answer=one,
        severity=Severity.CORE if core else Severity.OTHER,
        due_on=rules.due_day(inspections.calendar_for(row.outlet), at, one.item.days),
        owner=Staff.objects.filter(outlet=row.outlet, active=True, user__membership__role=Role.PARTNER_MANAGER).first(),
    )
    signed_by(actor, finding, "submit_inspection").save()
    return finding
