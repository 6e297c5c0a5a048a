"""Courses, questions, enrolments and certificates by sheet: all or nothing, with row and reason (R115, R142)."""

import pytest

from partners.actions.enrolment import call_off
from partners.models import Certificate, Course, Enrolment, Question
from portal.accounts.actor import Actor
from portal.exchange import running
from portal.exchange.registry import resource_for
from portal.exchange.sheet import Sheet
from portal.journal.log import entries_for
from tests.cast import actor
from tests.factories import training as make


@pytest.fixture
def take(brand_manager):
    def run(model, headers, *rows):
        sheet = Sheet(list(headers))
        for line, row in enumerate(rows, 2):
            sheet.add(line, list(row))
        return running.take(resource_for(model)(actor(brand_manager)), sheet)

    return run


def problems(outcome):
    return [(one.line, str(one.column)) for one in outcome.problems]


QUESTION = ("code", "kind", "text", "选项", "正确选项", "explanation", "难度")


def test_r115_questions_come_in_either_way_of_writing(take):
    one = ("T-1", "单选题", "先做什么？", "断电 | 用水冲", "A", "先断电", "简单")
    two = ("T-2", "multiple", "穿戴什么？", "手套\n绝缘鞋\n手链", "1、2", "", "hard")
    assert take(Question, QUESTION, one, two).new == 2
    assert list(Question.objects.values_list("right", flat=True)) == [[1], [1, 2]]
    sheet = resource_for(Question)(Actor.system())
    shown = next(sheet.lines(Question.objects.filter(code="T-1"), masked=True))
    assert shown[3:5] == ["断电 | 用水冲", "1"]


def test_one_wrong_question_keeps_all_out(take):
    good = ("T-1", "单选题", "？", "甲|乙", "1", "", "简单")
    bad = ("T-2", "单选题", "？", "甲|乙", "1、2", "", "简单")
    worse = ("T-3", "填空题", "？", "甲|乙", "x", "", "简单")
    outcome = take(Question, QUESTION, good, bad, worse)
    assert problems(outcome) == [(3, "正确选项"), (4, "类型"), (4, "正确选项")]
    assert not Question.objects.exists()


def test_courses(take, line):
    headers = ("code", "name", "kind", "product_line", "valid_months")
    assert take(Course, headers, ("K-1", "高压安全", "岗前培训", line.code, "12")).new == 1
    made = Course.objects.get()
    assert (made.product_line, made.valid_months) == (line, 12)
    assert problems(take(Course, headers, ("K-2", "x", "旅游", "", "")))[0] == (2, "类型")


def test_r142_enrolments_follow_the_rules_of_the_button(take, ann_staff, amy_staff):
    session = make.SessionFactory(number="PX-9", seats=1)
    headers = ("number", "session", "staff")
    rows = [(f"PX-9/{p.number}", "PX-9", p.number) for p in (ann_staff, amy_staff)]
    assert take(Enrolment, headers, *rows).new == 2
    assert set(Enrolment.objects.values_list("staff__name", "state")) == {("Ann", "enrolled"), ("Amy", "waiting")}
    assert entries_for(session).count() == 2
    assert take(Enrolment, headers, *rows).unchanged == 2
    assert problems(take(Enrolment, headers, ("PX-9/X", "PX-9", ann_staff.number))) == [(2, "报名编号")]


def test_a_session_called_off_takes_nobody_by_sheet(take, ann_staff, brand_manager):
    session = make.SessionFactory(number="PX-9")
    call_off(actor(brand_manager), session, "x")
    outcome = take(Enrolment, ("number", "session", "staff"), (f"PX-9/{ann_staff.number}", "PX-9", ann_staff.number))
    assert not outcome.good
    assert not Enrolment.objects.exists()


def test_certificates_with_a_course(take, ann_staff):
    course = make.CourseFactory(code="K-1")
    headers = ("number", "staff", "course", "valid_from", "valid_until")
    assert take(Certificate, headers, ("C-1", ann_staff.number, "K-1", "2026-01-01", "2027-01-01")).new == 1
    assert Certificate.objects.get(number="C-1").course == course
    outcome = take(Certificate, headers, ("C-2", ann_staff.number, "", "2026-01-01", "2027-01-01"))
    assert not outcome.good
