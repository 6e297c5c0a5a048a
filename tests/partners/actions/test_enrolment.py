"""Seats, the waiting list, attendance (R069, R115, R142)."""

from datetime import timedelta

import pytest

from partners.actions import enrolment
from partners.choices.training import EnrolmentState
from partners.models import Certificate, Enrolment
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests.cast import actor
from tests.factories import training as make


def test_r142_the_manager_enrols_and_who_comes_late_waits(side_a, manager_a, ann_staff, amy_staff):
    session = make.SessionFactory(seats=1)
    first = enrolment.enrol(actor(manager_a), session, ann_staff)
    second = enrolment.enrol(actor(manager_a), session, amy_staff)
    assert (first.state, second.state) == (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
    assert [entry.verb for entry in entries_for(session)] == ["training_enrolled"] * 2
    assert set(Notice.objects.values_list("user__username", "type")) == {
        ("ann", "training.enrolled"),
        ("amy", "training.waiting"),
    }
    with pytest.raises(Conflict):
        enrolment.enrol(actor(manager_a), session, ann_staff)


def test_r142_a_seat_given_back_goes_to_who_waits_longest(manager_a, ann, ann_staff, amy_staff):
    session = make.SessionFactory(seats=1)
    mine = enrolment.enrol(actor(manager_a), session, ann_staff)
    theirs = enrolment.enrol(actor(manager_a), session, amy_staff)
    with pytest.raises(InvalidInput):
        enrolment.cancel(actor(ann), mine, " ")
    enrolment.cancel(actor(ann), mine, "出差")
    assert Enrolment.objects.get(pk=theirs.pk).state == EnrolmentState.ENROLLED
    assert entries_for(session).last().facts["moved_up"] == "Amy"
    assert Notice.objects.filter(type="training.seat", user__username="amy").exists()
    again = enrolment.enrol(actor(manager_a), session, ann_staff)
    assert (again.pk, again.state) == (mine.pk, EnrolmentState.WAITING)


def test_a10_nobody_enrols_a_stranger(manager_b, ann_staff):
    with pytest.raises(Refused):
        enrolment.enrol(actor(manager_b), make.SessionFactory(), ann_staff)


def test_r142_technicians_enrol_themselves_where_the_course_allows_it(ann, amy_staff, ann_staff):
    session = make.SessionFactory()
    with pytest.raises(Refused):
        enrolment.enrol(actor(ann), session, ann_staff)
    session.course.self_enrolment = True
    session.course.save()
    assert enrolment.enrol(actor(ann), session, ann_staff).state == EnrolmentState.ENROLLED
    with pytest.raises(Refused):
        enrolment.enrol(actor(ann), session, amy_staff)


def test_r115_the_trainer_records_who_came_and_may_correct_it(manager_a, side_b, ann_staff, amy_staff):
    session = make.SessionFactory()
    mine, theirs = (enrolment.enrol(actor(manager_a), session, person) for person in (ann_staff, amy_staff))
    trainer = actor(session.trainer)
    with pytest.raises(Conflict):
        enrolment.record_attendance(trainer, session, [mine.pk])
    with clock.travel(session.ends_at):
        with pytest.raises(Refused):
            enrolment.record_attendance(actor(manager_a), session, [mine.pk])
        with pytest.raises(InvalidInput):
            enrolment.record_attendance(trainer, session, [mine.pk, 0])
        enrolment.record_attendance(trainer, session, [mine.pk])
        enrolment.record_attendance(trainer, session, [theirs.pk])
    assert [row.state for row in Enrolment.objects.order_by("pk")] == ["absent", "attended"]
    assert entries_for(session).last().facts == {"attended": ["Amy"], "absent": ["Ann"]}


def test_a_course_without_examination_certifies_who_attended_once(manager_a, ann_staff):
    session = make.SessionFactory(course__valid_months=12)
    row = enrolment.enrol(actor(manager_a), session, ann_staff)
    with clock.travel(session.ends_at):
        enrolment.record_attendance(actor(session.trainer), session, [row.pk])
        enrolment.record_attendance(actor(session.trainer), session, [row.pk])
    given = Certificate.objects.get(course=session.course)
    assert (given.staff, given.source) == (ann_staff, "exam")


def test_a_session_called_off_frees_and_tells_everybody(manager_a, ann_staff, brand_manager):
    session = make.SessionFactory()
    enrolment.enrol(actor(manager_a), session, ann_staff)
    enrolment.call_off(actor(brand_manager), session, "讲师生病")
    assert Enrolment.objects.get().state == EnrolmentState.CANCELLED
    assert Notice.objects.filter(type="training.called_off", user__username="ann").exists()
    with pytest.raises(Conflict):
        enrolment.enrol(actor(manager_a), session, ann_staff)
    with pytest.raises(Conflict):
        enrolment.call_off(actor(brand_manager), session, "again")


def test_after_the_beginning_nobody_enters_or_leaves(manager_a, ann_staff, amy_staff):
    session = make.SessionFactory()
    row = enrolment.enrol(actor(manager_a), session, ann_staff)
    with clock.travel(session.starts_at + timedelta(seconds=1)):
        with pytest.raises(Conflict):
            enrolment.enrol(actor(manager_a), session, amy_staff)
        with pytest.raises(Conflict):
            enrolment.cancel(actor(manager_a), row, "出差")
