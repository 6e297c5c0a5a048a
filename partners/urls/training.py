"""Addresses of training, examinations and certificates of partner staff; part of the house's."""

from django.urls import URLPattern, URLResolver, path

from partners.views import exam, team, training

urlpatterns: list[URLPattern | URLResolver] = [
    path("training/", training.index, name="training"),
    path("training/courses/<int:pk>/", training.course, name="course"),
    path("training/courses/<int:pk>/exam/", exam.start, name="exam_start"),
    path("training/sessions/<int:pk>/enrol/", training.enrol, name="enrol"),
    path("training/enrolments/<int:pk>/leave/", training.leave, name="leave"),
    path("training/exams/<int:pk>/", exam.sit, name="exam"),
    path("training/exams/<int:pk>/answer/", exam.answer, name="exam_answer"),
    path("training/exams/<int:pk>/hand-in/", exam.hand_in, name="exam_hand_in"),
    path("training/certificates/", training.certificates, name="certificates"),
    path("training/team/", team.team, name="team"),
    path("training/team/<int:pk>/", team.person, name="person"),
]
