"""Enrol staff for training, give seats back, record who came (R069, R115, R142)."""

from collections.abc import Collection, Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import held, need_reason, require
from partners.actions.certificate import settle_course
from partners.choices.training import EnrolmentState
from partners.models import Course, CourseSession, Enrolment, Staff
from partners.notices.training import tell_enrolment
from partners.queries.training import SEATED, first_waiting, seats_taken
from partners.rules import training
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.files.models import Attachment, AttachmentKind
from portal.files.store import store
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused

LEFT = (EnrolmentState.CANCELLED, EnrolmentState.ABSENT)


def enrol(actor: Actor, session: CourseSession, staff: Staff) -> Enrolment:
    """Give a seat, or a place on the waiting list when all are taken. Raises Refused or Conflict."""
    with transaction.atomic():
        row: CourseSession = held(actor, session, verbs.training.ENROLLED.code)
        person = _person(actor, staff)
        himself = person.user_id is not None and person.user_id == actor.user_id
        require(training.may_enrol(actor.role, himself=himself, self_enrolment=row.course.self_enrolment))
        require(training.still_open(row.starts_at, row.cancelled_at, clock.now()))
        enrolment = _place(actor, row, person)
        facts = {"staff": person.name, "staff_number": person.number, "state": enrolment.state}
        record(row, verbs.training.ENROLLED.code, actor, facts=facts)
        waits = enrolment.state == EnrolmentState.WAITING
        tell_enrolment(enrolment, "training.waiting" if waits else "training.enrolled")
    return enrolment


def enrol_all(actor: Actor, session: CourseSession, people: Sequence[Staff]) -> list[Enrolment]:
    """The same for several, all or nobody. Raises Refused or Conflict."""
    with transaction.atomic():
        return [enrol(actor, session, person) for person in people]


def _place(actor: Actor, session: CourseSession, person: Staff) -> Enrolment:
    enrolment = Enrolment.objects.filter(session=session, staff=person).first()
    if enrolment is None:
        enrolment = Enrolment(session=session, staff=person, number=f"{session.number}/{person.number}")
    elif enrolment.state not in LEFT:
        raise Conflict(_("%(name)s is enrolled in this session already.") % {"name": person.name})
    enrolment.session, enrolment.staff = session, person
    enrolment.become(training.seat_for(seats_taken(session), session.seats))
    enrolment.enrolled_at, enrolment.enrolled_by = clock.now(), actor.label[:120]
    _save(actor, enrolment)
    return enrolment


def cancel(actor: Actor, enrolment: Enrolment, reason: str) -> Enrolment:
    """Give the seat back before the session begins; who waits longest moves up.

    Raises Refused, Conflict or InvalidInput.
    """
    need_reason(reason, _("Say why the enrolment is cancelled."))
    with transaction.atomic():
        session: CourseSession = held(actor, enrolment.session, verbs.training.ENROLMENT_CANCELLED.code)
        row: Enrolment = held(actor, enrolment, verbs.training.ENROLMENT_CANCELLED.code)
        himself = row.staff.user_id is not None and row.staff.user_id == actor.user_id
        require(training.may_enrol(actor.role, himself=himself, self_enrolment=True))
        require(training.still_open(session.starts_at, session.cancelled_at, clock.now()))
        if row.state not in (EnrolmentState.ENROLLED, EnrolmentState.WAITING):
            raise Conflict(_("The enrolment is “%(state)s” now.") % {"state": row.get_state_display()})
        had_seat = row.state == EnrolmentState.ENROLLED
        row.become(EnrolmentState.CANCELLED)
        row.save(update_fields=["state"])
        moved = _move_up(actor, session) if had_seat else None
        facts = {"staff": row.staff.name, "reason": reason, "moved_up": moved.staff.name if moved else ""}
        record(session, verbs.training.ENROLMENT_CANCELLED.code, actor, facts=facts)
    return row


def _move_up(actor: Actor, session: CourseSession) -> Enrolment | None:
    if seats_taken(session) >= session.seats or (moved := first_waiting(session)) is None:
        return None
    moved.become(EnrolmentState.ENROLLED)
    _save(actor, moved)
    tell_enrolment(moved, "training.seat")
    return moved


def call_off(actor: Actor, session: CourseSession, reason: str) -> CourseSession:
    """The session does not take place; everybody enrolled is told. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the session is called off."))
    with transaction.atomic():
        row: CourseSession = held(actor, session, reason)
        require(training.may_record(actor.role, is_trainer=row.trainer_id == actor.user_id))
        if row.cancelled_at is not None:
            raise Conflict(_("This session is called off."))
        if row.enrolments.filter(state=EnrolmentState.ATTENDED).exists():
            raise Conflict(_("The attendance is recorded already: this session has taken place."))
        row.cancelled_at, row.cancel_reason = clock.now(), reason[:300]
        row.save(update_fields=["cancelled_at", "cancel_reason"])
        open_states = [EnrolmentState.ENROLLED, EnrolmentState.WAITING]
        for enrolment in row.enrolments.filter(state__in=open_states).select_related("staff__user"):
            enrolment.session = row
            enrolment.become(EnrolmentState.CANCELLED)
            _save(actor, enrolment)
            tell_enrolment(enrolment, "training.called_off", reason=reason)
        record(row, verbs.training.SESSION_CALLED_OFF.code, actor, facts={"number": row.number, "reason": reason})
    return row


def record_attendance(actor: Actor, session: CourseSession, present: Collection[int]) -> CourseSession:
    """Say who of those with a seat came (`present`: pks of enrolments); certificates that waited for it are issued.

    May be said again to correct it. Raises Refused, Conflict or InvalidInput.
    """
    with transaction.atomic():
        row: CourseSession = held(actor, session, verbs.training.ATTENDANCE_RECORDED.code)
        require(training.may_record(actor.role, is_trainer=row.trainer_id == actor.user_id))
        if row.cancelled_at is not None:
            raise Conflict(_("This session is called off."))
        if clock.now() < row.starts_at:
            raise Conflict(_("Attendance is recorded when the session has begun."))
        seated = list(row.enrolments.filter(state__in=SEATED).select_related("staff"))
        if set(present) - {enrolment.pk for enrolment in seated}:
            raise InvalidInput(_("Only people with a seat in this session can be present."), field="present")
        came = [enrolment for enrolment in seated if enrolment.pk in present]
        for enrolment in seated:
            _note(actor, enrolment, EnrolmentState.ATTENDED if enrolment in came else EnrolmentState.ABSENT)
        facts = {
            "attended": [enrolment.staff.name for enrolment in came],
            "absent": [enrolment.staff.name for enrolment in seated if enrolment not in came],
        }
        record(row, verbs.training.ATTENDANCE_RECORDED.code, actor, facts=facts)
        for enrolment in came:
            settle_course(enrolment.staff, row.course)
    return row


def _note(actor: Actor, enrolment: Enrolment, state: EnrolmentState) -> None:
    if enrolment.state != state:
        enrolment.become(state)
        _save(actor, enrolment)


def add_material(actor: Actor, course: Course, upload: UploadedFile) -> Attachment:
    """Put a handout to the course, for everybody who may take it. Raises Refused or InvalidInput."""
    with transaction.atomic():
        row = held(actor, course, verbs.training.MATERIAL_ADDED.code)
        if actor.role not in training.TRAINERS:
            raise Refused(_("Only trainers and brand managers add material."))
        kind = AttachmentKind.VIDEO if (upload.content_type or "").startswith("video/") else AttachmentKind.DOCUMENT
        attachment = store(upload, row, kind, actor, public=False)
        record(row, verbs.training.MATERIAL_ADDED.code, actor, facts={"file": attachment.name})
    return attachment


def _person(actor: Actor, staff: Staff) -> Staff:
    person = Staff.objects.visible_to(actor).filter(pk=staff.pk, active=True).select_related("user").first()
    if person is None:
        raise Refused(_("This person is not on your staff, or no longer works here."))
    return person


def _save(actor: Actor, enrolment: Enrolment) -> None:
    enrolment._history_user = User(pk=actor.user_id) if actor.user_id else None
    enrolment.save()
