"""Sit an examination: draw, save answer by answer, hand in, mark (R115, R175)."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import require
from partners.actions.certificate import settle_course
from partners.choices.training import AttemptState, Difficulty
from partners.models import ExamAttempt, ExamPaper, Staff
from partners.notices.training import tell_result
from partners.queries.training import bank_for, open_attempt, sitting_of, staff_of
from partners.rules import exam
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.words import joined
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row


def start(actor: Actor, paper: ExamPaper, seed: str = "") -> ExamAttempt:
    """Begin an attempt for oneself, or go on with the one under way. Raises Refused or Conflict."""
    person = _candidate(actor)
    over = open_attempt(person, paper)
    if over is not None and clock.now() >= over.closes_at:
        hand_in(actor, over)  # before the person is locked: marking locks the attempt first
    with transaction.atomic():
        lock_row(person)
        if (under_way := open_attempt(person, paper)) is not None:
            return under_way
        if not (paper.active and paper.course.active):
            raise Conflict(_("This examination is not held any more."))
        require(exam.may_sit(sitting_of(person, paper), paper.attempts, paper.wait_hours, clock.now()))
        return _begin(actor, person, paper, seed or secrets.token_hex(8))


def _begin(actor: Actor, person: Staff, paper: ExamPaper, seed: str) -> ExamAttempt:
    bank = bank_for(paper.course)
    if missing := exam.shortage(bank, paper.quota):
        words = [f"{Difficulty(level).label} {have}/{asked}" for level, (have, asked) in missing.items()]
        raise Conflict(_("The question bank has too few questions for this paper: %s.") % joined(words))
    now = clock.now()
    attempt = ExamAttempt(
        paper=paper,
        staff=person,
        number=next_number("exam", "KS", now),
        seed=seed,
        sheet=exam.draw(seed, bank, paper.quota),
        pass_percent=paper.pass_percent,
        started_at=now,
        closes_at=now + timedelta(minutes=paper.minutes),
    )
    attempt._history_user = User(pk=actor.user_id)
    attempt.save(force_insert=True)
    facts = {
        "course": paper.course.name,
        "questions": len(attempt.sheet),
        "drawn": [question["code"] for question in attempt.sheet],
        "seed": seed,
        "closes": attempt.closes_at,
    }
    record(attempt, verbs.training.EXAM_BEGUN.code, actor, facts=facts)
    return attempt


def answer(actor: Actor, attempt: ExamAttempt, place: int, chosen: Sequence[int]) -> ExamAttempt:
    """Keep the answer to one question; it can be changed until the end. Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        row = _own(actor, attempt)
        if row.finished_at is not None:
            raise Conflict(_("The examination is handed in: answers cannot be changed any more."))
        if clock.now() >= row.closes_at:
            _finish(actor, row)
        else:
            _keep(row, {str(place): chosen})
    if row.finished_at is not None:
        raise Conflict(_("Time is up: what was saved until then is marked."))
    return row


def hand_in(actor: Actor, attempt: ExamAttempt, answers: Mapping[str, Sequence[int]] | None = None) -> ExamAttempt:
    """Mark the attempt at once; a second sending changes nothing. `answers` are kept if they come in time.

    Raises Refused or InvalidInput.
    """
    with transaction.atomic():
        row = _own(actor, attempt)
        if row.finished_at is None:
            if answers and clock.now() < row.closes_at:
                _keep(row, answers)
            _finish(actor, row)
    return row


def close_overdue() -> int:
    """Mark attempts whose time is up and whose candidate went away; answers how many."""
    overdue = ExamAttempt.objects.filter(finished_at=None, closes_at__lte=clock.now())
    count = 0
    for attempt in overdue:
        with transaction.atomic():
            row = lock_row(attempt)
            if row.finished_at is None:
                _finish(Actor.system(_("Examination")), row)
                count += 1
    return count


def _candidate(actor: Actor) -> Staff:
    person = staff_of(actor) if actor.is_partner else None
    if person is None:
        raise Refused(_("Only staff of a partner sit examinations, each with his own account."))
    return person


def _own(actor: Actor, attempt: ExamAttempt) -> ExamAttempt:
    row: ExamAttempt = lock_row(attempt)
    if actor.user_id is None or row.staff.user_id != actor.user_id:
        raise Refused(_("Nobody sits an examination for somebody else."))
    return row


def _keep(row: ExamAttempt, answers: Mapping[str, Sequence[int]]) -> None:
    for place, chosen in answers.items():
        if not place.isdecimal() or int(place) >= len(row.sheet):
            raise InvalidInput(_("There is no such question on this paper."))
        cleaned = exam.cleaned_answer(row.sheet[int(place)], chosen)
        if cleaned is None:
            raise InvalidInput(_("This is no possible answer to question %d.") % (int(place) + 1))
        row.answers[str(int(place))] = cleaned
    # No version for each tick: the answers handed in stand in the journal.
    ExamAttempt.objects.filter(pk=row.pk).update(answers=row.answers)


def _finish(actor: Actor, row: ExamAttempt) -> None:
    """Mark, keep, tell; the row is locked and was not finished before."""
    result = exam.mark(row.sheet, row.answers, row.pass_percent)
    finished = min(clock.now(), row.closes_at)
    row.finish(
        AttemptState.PASSED if result.passed else AttemptState.FAILED,
        finished_at=finished,
        right_count=result.right,
        percent=result.percent,
    )
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    row.save(update_fields=["state", "finished_at", "right_count", "percent"])
    verb = verbs.training.EXAM_PASSED if result.passed else verbs.training.EXAM_FAILED
    answered = {
        question["code"]: [question["options"][place] for place in row.answers.get(str(n), [])]
        for n, question in enumerate(row.sheet)
    }
    facts = {
        "right": result.right,
        "of": result.of,
        "percent": result.percent,
        "pass": row.pass_percent,
        "answers": answered,
    }
    record(row, verb.code, actor, facts=facts, at=finished)
    if result.passed:
        settle_course(row.staff, row.paper.course)
    else:
        tell_result(row)
