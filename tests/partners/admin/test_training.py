"""The brand's pages of training: courses, sessions, bank, papers, results, certificates, figures (R115, R142, R175)."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from partners.actions import enrolment, exam
from partners.models import Certificate, Course, CourseSession, Enrolment, Question
from portal.files.models import Attachment
from portal.kernel import clock
from tests.cast import actor
from tests.factories import training as make

MODELS = [
    "course",
    "coursesession",
    "enrolment",
    "question",
    "exampaper",
    "examattempt",
    "postrequirement",
    "staffproof",
]


def url(model: str, page: str, *args) -> str:
    return reverse(f"admin:partners_{model}_{page}", args=args)


@pytest.fixture
def paper(ann_staff):
    return make.PaperFactory(course__needs_attendance=False)


@pytest.mark.parametrize("role", ["brand_manager", "technical", "service_desk", "auditor"])
def test_lists_open_and_the_bank_is_for_teachers_and_auditors(client, request, side_a, paper, role):
    user = request.getfixturevalue(role)
    row = enrolment.enrol(actor(request.getfixturevalue("brand_manager")), make.SessionFactory(), side_a.technicians[0])
    make.RequirementFactory()
    client.force_login(user)
    for model in MODELS:
        closed = role == "service_desk" and model in ("question", "exampaper")
        assert client.get(url(model, "changelist")).status_code == (403 if closed else 200), model
    assert client.get(url("enrolment", "change", row.pk)).status_code == 200
    assert client.get(url("coursesession", "change", row.session_id)).status_code == 200
    assert client.get(url("certificate", "figures")).status_code == 200


def test_partners_and_strangers_see_no_questions(client, manager_a, administrator, paper):
    for user, status in ((manager_a, 302), (administrator, 403)):
        client.force_login(user)
        assert client.get(url("question", "changelist")).status_code == status


def test_a_question_is_made_with_lines_and_places(client, technical):
    client.force_login(technical)
    sent = {"code": "T-1", "kind": "multiple", "text": "哪些是防护用品？", "options": "绝缘手套\n绝缘鞋\n手链",
            "right": "1、2", "explanation": "带电作业", "difficulty": "easy", "active": "on"}  # fmt: skip
    assert client.post(url("question", "add"), {**sent, "right": "9"}).status_code == 200
    assert client.post(url("question", "add"), {**sent, "right": "x"}).status_code == 200
    assert client.post(url("question", "add"), sent).status_code == 302
    made = Question.objects.get()
    assert (made.options, made.right) == (["绝缘手套", "绝缘鞋", "手链"], [1, 2])
    text = client.get(url("question", "change", made.pk)).content.decode()
    assert "绝缘手套\n绝缘鞋" in text
    assert "1、2" in text


def test_a_course_with_material_that_partners_may_read(client, technical, ann, bob):
    client.force_login(technical)
    sent = {
        "code": "K1", "name": "高压安全", "kind": "induction", "outline": "a", "hours": "4", "needs_attendance": "on",
        "valid_months": "24", "active": "on", "sessions-TOTAL_FORMS": 0, "sessions-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(url("course", "add"), sent).status_code == 302
    course = Course.objects.get()
    upload = SimpleUploadedFile("讲义.pdf", b"%PDF-1.7\n%%EOF", "application/pdf")
    assert client.post(url("course", "deed", course.pk, "material"), {"file": upload}).status_code == 302
    address = reverse("files:attachment", args=[Attachment.objects.get().key])
    client.force_login(ann)
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")
    course.active = False
    course.save()
    assert client.get(address).status_code == 404


def test_enrol_record_and_call_off_by_deeds(client, brand_manager, ann_staff, amy_staff):
    session = make.SessionFactory()
    client.force_login(brand_manager)
    page = url("coursesession", "deed", session.pk, "enrol")
    assert client.get(page).status_code == 200
    assert client.post(page, {"staff": [ann_staff.pk, amy_staff.pk]}).status_code == 302
    assert client.get(url("coursesession", "deed", session.pk, "attendance")).status_code == 409
    CourseSession.objects.filter(pk=session.pk).update(starts_at=clock.now() - timedelta(hours=1))
    page = url("coursesession", "deed", session.pk, "attendance")
    assert "Amy" in client.get(page).content.decode()
    assert client.post(page, {"present": [Enrolment.objects.get(staff=ann_staff).pk]}).status_code == 302
    assert set(Enrolment.objects.values_list("staff__name", "state")) == {("Ann", "attended"), ("Amy", "absent")}
    assert client.post(url("coursesession", "deed", session.pk, "call_off"), {"reason": "x"}).status_code == 409


def test_a_certificate_by_hand_recorded_and_revoked(client, brand_manager, bob_staff, line):
    client.force_login(brand_manager)
    sent = {"staff": bob_staff.pk, "product_line": line.pk, "valid_from": "2026-01-01", "valid_until": "2039-01-01"}
    assert client.post(url("certificate", "add"), sent).status_code == 200
    assert client.post(url("certificate", "add"), {**sent, "reason": "原厂讲师"}).status_code == 302
    made = Certificate.objects.get(source="by_hand")
    assert made.number.startswith("ZS")
    assert client.post(url("certificate", "add"), {**sent, "number": "OLD-1"}).status_code == 302
    assert Certificate.objects.get(number="OLD-1").source == "recorded"
    refused = client.post(url("certificate", "change", made.pk), {**sent, "number": made.number, "reason": "x"})
    assert refused.status_code == 200
    assert client.post(url("certificate", "deed", made.pk, "revoke"), {"reason": "作弊"}).status_code == 302
    assert client.get(url("certificate", "change", made.pk)).status_code == 200


def test_results_show_answers_to_who_may_see_the_bank_only_when_handed_in(
    client, ann, brand_manager, service_desk, paper
):
    attempt = exam.start(actor(ann), paper)
    client.force_login(brand_manager)
    assert "下电并等待放电" not in client.get(url("examattempt", "change", attempt.pk)).content.decode()
    exam.hand_in(actor(ann), attempt, {})
    assert "下电并等待放电" in client.get(url("examattempt", "change", attempt.pk)).content.decode()
    client.force_login(service_desk)
    assert "下电并等待放电" not in client.get(url("examattempt", "change", attempt.pk)).content.decode()
    assert client.post(url("examattempt", "change", attempt.pk), {"state": "passed"}).status_code == 403


def test_figures_by_partner_stay_in_the_regions(client, brand, side_a, side_b):
    from_shanghai = make.member("brand_manager", brand, regions=("上海市",))
    client.force_login(from_shanghai)
    text = client.get(url("certificate", "figures")).content.decode()
    assert "合作伙伴A" in text
    assert "合作伙伴B" not in text
    assert "100 %" in text
