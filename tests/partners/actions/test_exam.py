"""Sitting an examination: one attempt, the server's clock, marked once, evidence (R115, R175)."""

from datetime import timedelta

import pytest

from partners.actions import exam
from partners.choices.training import EnrolmentState
from partners.models import Certificate, ExamAttempt
from partners.tasks.training import close_overdue_exams
from portal.journal.log import entries_for
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.notify.models import Notice
from tests.cast import actor
from tests.factories import training as make


@pytest.fixture
def paper(ann_staff):
    """Ann attended the course of this paper last week."""
    made = make.PaperFactory(course__product_line=ann_staff.outlet.product_lines.get())
    attended(ann_staff, made.course)
    return made


def attended(staff, course, days=7):
    then = clock.now() - timedelta(days=days)
    session = make.SessionFactory(course=course, starts_at=then, ends_at=then + timedelta(hours=4))
    make.EnrolmentFactory(session=session, staff=staff, state=EnrolmentState.ATTENDED)


def right_answers(attempt, but=0):
    return {str(n): question["right"] for n, question in enumerate(attempt.sheet) if n >= but}


def test_r115_passing_and_attendance_give_the_certificate_of_the_line(ann, ann_staff, paper):
    attempt = exam.start(actor(ann), paper)
    done = exam.hand_in(actor(ann), attempt, right_answers(attempt))
    assert (done.state, done.percent, done.right_count) == ("passed", 100, 4)
    given = Certificate.objects.get(course=paper.course)
    assert (given.product_line, given.valid_from) == (paper.course.product_line, clock.today())
    assert [entry.verb for entry in entries_for(attempt)] == ["exam_begun", "exam_passed"]
    assert entries_for(ann_staff).last().verb == "certificate_issued"
    assert set(Notice.objects.filter(type="training.certified").values_list("user__username", flat=True)) == {
        "ann",
        "alan",
    }


def test_the_seed_is_kept_and_draws_the_paper_anew(ann, paper):
    one = exam.start(actor(ann), paper, seed="2026")
    assert one.seed == "2026"
    assert entries_for(one).first().facts["drawn"] == [question["code"] for question in one.sheet]


def test_m17_a_second_handing_in_changes_nothing(ann, paper):
    attempt = exam.start(actor(ann), paper)
    first = exam.hand_in(actor(ann), attempt, {})
    again = exam.hand_in(actor(ann), attempt, right_answers(attempt))
    assert (first.percent, again.percent, again.state) == (0, 0, "failed")
    assert entries_for(attempt).count() == 2
    with pytest.raises(Conflict):
        exam.answer(actor(ann), attempt, 0, [0])


def test_a_second_start_goes_on_with_the_same_attempt(ann, paper):
    attempt = exam.start(actor(ann), paper)
    exam.answer(actor(ann), attempt, 1, attempt.sheet[1]["right"])
    again = exam.start(actor(ann), paper)
    assert (again.pk, again.answers) == (attempt.pk, {"1": attempt.sheet[1]["right"]})


def test_the_server_keeps_the_time(ann, paper):
    attempt = exam.start(actor(ann), paper)
    for place in range(4):
        exam.answer(actor(ann), attempt, place, attempt.sheet[place]["right"])
    with clock.travel(attempt.closes_at), pytest.raises(Conflict):
        exam.answer(actor(ann), attempt, 0, [0])
    done = ExamAttempt.objects.get()
    assert (done.state, done.finished_at) == ("passed", attempt.closes_at)


def test_answers_that_come_with_a_late_handing_in_do_not_count(ann, paper):
    attempt = exam.start(actor(ann), paper)
    with clock.travel(attempt.closes_at + timedelta(minutes=5)):
        assert exam.hand_in(actor(ann), attempt, right_answers(attempt)).percent == 0


def test_who_went_away_is_marked_by_the_schedule(ann, paper):
    attempt = exam.start(actor(ann), paper)
    assert close_overdue_exams.func() == 0
    with clock.travel(attempt.closes_at + timedelta(seconds=1)):
        assert close_overdue_exams.func() == 1
        assert close_overdue_exams.func() == 0
    assert ExamAttempt.objects.get().state == "failed"


@pytest.mark.parametrize("who", ["manager_a", "amy", "bob", "brand_manager"])
def test_nobody_sits_for_somebody_else(request, ann, paper, who):
    attempt = exam.start(actor(ann), paper)
    other = actor(request.getfixturevalue(who))
    for act in (lambda: exam.answer(other, attempt, 0, [0]), lambda: exam.hand_in(other, attempt, {})):
        with pytest.raises(Refused):
            act()
    assert ExamAttempt.objects.get().finished_at is None


def test_brand_staff_sit_no_examinations(brand_manager, paper):
    with pytest.raises(Refused):
        exam.start(actor(brand_manager), paper)


def test_attempts_are_limited_with_a_pause_between_them(ann, ann_staff, paper):
    start, later = clock.now(), timedelta(hours=25)
    for n in range(3):
        with clock.travel(start + n * later):
            exam.hand_in(actor(ann), exam.start(actor(ann), paper), {})
            with pytest.raises(Conflict):
                exam.start(actor(ann), paper)
    with clock.travel(start + 9 * later):
        with pytest.raises(Conflict, match="3"):
            exam.start(actor(ann), paper)
        attended(ann_staff, paper.course, days=1)
        assert exam.start(actor(ann), paper)
    assert Notice.objects.filter(type="training.failed", user__username="alan").count() == 3


def test_without_attendance_no_examination(amy, paper):
    with pytest.raises(Conflict):
        exam.start(actor(amy), paper)


def test_a_bank_too_small_is_told_in_words(ann, paper):
    paper.hard = 3
    paper.save()
    with pytest.raises(Conflict, match="0/3"):
        exam.start(actor(ann), paper)


@pytest.mark.parametrize(("place", "chosen"), [(9, [0]), (0, [9]), (0, [0, 1])])
def test_impossible_answers_are_refused(ann, paper, place, chosen):
    attempt = exam.start(actor(ann), paper)
    with pytest.raises(InvalidInput):
        exam.answer(actor(ann), attempt, place, chosen)


def test_a_renewal_adds_to_the_term_that_is_left(ann, ann_staff, paper):
    attempt = exam.start(actor(ann), paper)
    exam.hand_in(actor(ann), attempt, right_answers(attempt))
    first = Certificate.objects.get(course=paper.course)
    with pytest.raises(Conflict):
        exam.start(actor(ann), paper)
    with clock.travel(clock.now() + timedelta(days=680)):
        attempt = exam.start(actor(ann), paper)
        exam.hand_in(actor(ann), attempt, right_answers(attempt))
    second = Certificate.objects.exclude(pk=first.pk).get(course=paper.course)
    assert (second.valid_until - first.valid_until).days in (729, 730, 731)
