"""Pages of training on a telephone: mine only, nothing told too early, nothing of strangers (R115, R142, R173)."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse

from partners.actions import exam
from partners.choices.training import EnrolmentState
from partners.models import Certificate, Enrolment, ExamAttempt, StaffProof
from portal.kernel import clock
from tests.cast import actor
from tests.factories import CertificateFactory
from tests.factories import training as make


def url(name, *args):
    return reverse(f"house:{name}", args=args)


@pytest.fixture
def paper(ann_staff):
    made = make.PaperFactory(course__needs_attendance=False, course__name="高压安全")
    return made


@pytest.fixture
def attempt(ann, paper):
    return exam.start(actor(ann), paper)


def test_my_training_shows_what_is_asked_for_and_open(client, ann, paper):
    make.RequirementFactory(name="故障诊断", bars_work=True)
    client.force_login(ann)
    text = client.get(url("training")).content.decode()
    for words in ("高压安全", "故障诊断", "纯电轿车证书", "缺少", "已具备"):
        assert words in text


def test_everybody_of_a_partner_opens_the_page_with_or_without_staff_row(client, dispatcher_a, manager_a):
    for user in (dispatcher_a, manager_a):
        client.force_login(user)
        assert client.get(url("training")).status_code == 200


def test_the_examination_tells_no_right_answer_before_the_end(client, ann, attempt):
    client.force_login(ann)
    page = client.get(url("exam", attempt.pk))
    text = page.content.decode()
    assert "下电并等待放电" in text
    assert "验电" not in text
    assert all(option.right is None for question in page.context["questions"] for option in question.options)
    assert page["Cache-Control"] == "private, no-store"


def test_answers_are_saved_one_by_one_and_shown_after_a_break(client, ann, attempt):
    client.force_login(ann)
    right = attempt.sheet[2]["right"]
    sent = json.dumps({"place": 2, "chosen": right})
    answer = client.post(url("exam_answer", attempt.pk), sent, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"saved": 2})
    page = client.get(url("exam", attempt.pk))
    assert [option.place for option in page.context["questions"][2].options if option.chosen] == right
    assert page.context["answered"] == 1


@pytest.mark.parametrize(
    "body", ["", "[]", "{}", '{"place": 0}', '{"place": "0", "chosen": [0]}', '{"place": 99, "chosen": [0]}',
             '{"place": true, "chosen": [0]}', '{"place": 0, "chosen": [' + "0," * 2000 + "0]}",
             '{"place": -1, "chosen": []}'],
)  # fmt: skip
def test_broken_answers_are_refused(client, ann, attempt, body):
    client.force_login(ann)
    answer = client.post(url("exam_answer", attempt.pk), body, content_type="application/json")
    assert answer.status_code == 400
    assert answer.json()["problem"]


def test_handing_in_takes_the_page_and_shows_the_result_with_explanations(client, ann, attempt):
    client.force_login(ann)
    sent = {f"q{n}": question["right"] for n, question in enumerate(attempt.sheet)}
    assert client.post(url("exam_hand_in", attempt.pk), sent)["Location"] == url("exam", attempt.pk)
    text = client.get(url("exam", attempt.pk)).content.decode()
    assert "等待电容放电后验电" in text
    assert "100" in text
    pdf = reverse("certificate_pdf", args=[Certificate.objects.get(course=attempt.paper.course).pk])
    assert pdf in text
    late = json.dumps({"place": 0, "chosen": [0]})
    answer = client.post(url("exam_answer", attempt.pk), late, content_type="application/json")
    assert (answer.status_code, answer.json()["over"]) == (409, True)


def test_a_page_opened_after_the_end_shows_the_result(client, ann, attempt):
    client.force_login(ann)
    with clock.travel(attempt.closes_at + timedelta(seconds=1)):
        assert "0" in client.get(url("exam", attempt.pk)).content.decode()
    assert ExamAttempt.objects.get().state == "failed"


@pytest.mark.parametrize("who", ["manager_a", "dispatcher_a", "amy", "bob", "manager_b"])
def test_a01_somebody_elses_examination_is_404(client, request, attempt, who):
    client.force_login(request.getfixturevalue(who))
    assert client.get(url("exam", attempt.pk)).status_code == 404
    assert client.post(url("exam_hand_in", attempt.pk)).status_code == 404
    assert client.post(url("exam_answer", attempt.pk), "{}", content_type="application/json").status_code == 404
    assert ExamAttempt.objects.get().finished_at is None


def test_an_examination_begins_by_a_button(client, ann, paper):
    client.force_login(ann)
    assert "开始考试" in client.get(url("course", paper.course_id)).content.decode()
    made = client.post(url("exam_start", paper.course_id))
    assert made["Location"] == url("exam", ExamAttempt.objects.get().pk)
    assert client.get(url("exam_start", paper.course_id)).status_code == 405


def test_the_manager_enrols_and_a_technician_gives_his_seat_back(
    client, manager_a, ann, ann_staff, amy_staff, bob_staff
):
    session = make.SessionFactory(seats=1)
    client.force_login(manager_a)
    page = client.get(url("course", session.course_id)).content.decode()
    assert "Ann" in page
    assert "Bob" not in page
    client.post(url("enrol", session.pk), {"team": "1", "staff": [ann_staff.pk]})
    client.post(url("enrol", session.pk), {"team": "1", "staff": [amy_staff.pk, bob_staff.pk]})
    client.post(url("enrol", session.pk), {"team": "1"})
    assert set(Enrolment.objects.values_list("staff__name", "state")) == {("Ann", "enrolled"), ("Amy", "waiting")}
    mine = Enrolment.objects.get(staff=ann_staff)
    client.force_login(ann)
    assert "取消报名" in client.get(url("course", session.course_id)).content.decode()
    client.post(url("leave", mine.pk), {"reason": ""})
    client.post(url("leave", mine.pk), {"reason": "出差"})
    assert set(Enrolment.objects.values_list("staff__name", "state")) == {("Ann", "cancelled"), ("Amy", "enrolled")}


def test_a01_a_colleagues_seat_is_not_given_back(client, amy, ann_staff):
    row = make.EnrolmentFactory(staff=ann_staff)
    client.force_login(amy)
    assert client.post(url("leave", row.pk), {"reason": "x"}).status_code == 404
    assert Enrolment.objects.get().state == EnrolmentState.ENROLLED


def test_the_matrix_shows_the_own_team_in_colours(client, manager_a, side_b):
    make.RequirementFactory(name="统一着装并佩戴工牌", kind="appearance")
    client.force_login(manager_a)
    page = client.get(url("team"))
    text = page.content.decode()
    assert "Amy" in text
    assert "Bob" not in text
    assert page.context["matrix"].lacking == 2
    assert "Amy" in client.get(url("team"), {"which": "lacking"}).content.decode()
    assert "Amy" not in client.get(url("team"), {"which": "expiring"}).content.decode()


def test_the_number_of_queries_of_the_matrix_is_fixed(client, manager_a, outlet_a, django_assert_max_num_queries):
    client.force_login(manager_a)
    with django_assert_max_num_queries(16):
        client.get(url("team"))


@pytest.mark.parametrize(
    ("who", "status"), [("manager_a", 200), ("dispatcher_a", 200), ("ann", 403), ("manager_b", 404)]
)
def test_who_opens_the_sheet_of_a_person(client, request, ann_staff, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(url("person", ann_staff.pk)).status_code == status


def test_the_manager_records_a_check_and_the_dispatcher_does_not(client, manager_a, dispatcher_a, ann_staff):
    wanted = make.RequirementFactory()
    sent = {"requirement": wanted.pk, "result": "no", "note": ""}
    client.force_login(manager_a)
    refused = client.post(url("person", ann_staff.pk), sent)
    assert refused.status_code == 400
    assert "不符合之处" in refused.content.decode()
    assert client.post(url("person", ann_staff.pk), {**sent, "note": "未掌握绝缘测量"}).status_code == 302
    assert StaffProof.objects.get().met is False
    client.force_login(dispatcher_a)
    assert client.post(url("person", ann_staff.pk), {**sent, "result": "yes"}).status_code == 400
    assert StaffProof.objects.count() == 1


def test_certificates_as_pdf_for_the_holder_and_the_brand(client, ann, amy, bob, manager_a, brand_manager, ann_staff):
    row = CertificateFactory(staff=ann_staff, product_line=None, course=make.CourseFactory(), number="GQ-1")
    address = reverse("certificate_pdf", args=[row.pk])
    for user, status in ((ann, 200), (manager_a, 200), (brand_manager, 200), (amy, 404), (bob, 404)):
        client.force_login(user)
        assert client.get(address).status_code == status, user
    client.force_login(ann)
    assert client.get(address).content[:5] == b"%PDF-"
    assert "GQ-1" in client.get(url("certificates")).content.decode()
