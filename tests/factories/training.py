"""Courses, sessions, questions and papers as the brand would make them."""

from datetime import timedelta

import factory
from factory.django import DjangoModelFactory

from partners.choices import Post
from partners.choices.training import CourseKind, Difficulty, QuestionKind, RequirementKind, SessionMode
from partners.models import Course, CourseSession, Enrolment, ExamPaper, PostRequirement, Question
from portal.accounts.roles import Role
from portal.kernel import clock
from tests.factories import member


class CourseFactory(DjangoModelFactory):
    """An induction course with attendance and a certificate of two years."""

    class Meta:
        model = Course

    code = factory.Sequence(lambda n: f"KC-{n:03d}")
    name = factory.Sequence(lambda n: f"上岗培训{n}")
    kind = CourseKind.INDUCTION
    outline = "产品知识\n服务流程\n沟通技巧\n投诉处理\n本办法"


class SessionFactory(DjangoModelFactory):
    """Two days from now, ten seats."""

    class Meta:
        model = CourseSession

    course = factory.SubFactory(CourseFactory)
    number = factory.Sequence(lambda n: f"PX-{n:04d}")
    starts_at = factory.LazyFunction(lambda: clock.now() + timedelta(days=2))
    ends_at = factory.LazyAttribute(lambda session: session.starts_at + timedelta(hours=4))
    mode = SessionMode.CLASSROOM
    place = "上海培训中心 301 室"
    trainer = factory.LazyFunction(lambda: member(Role.TECHNICAL, name="讲师"))
    seats = 10


class EnrolmentFactory(DjangoModelFactory):
    class Meta:
        model = Enrolment

    session = factory.SubFactory(SessionFactory)
    number = factory.LazyAttribute(lambda row: f"{row.session.number}/{row.staff.number}")
    enrolled_at = factory.LazyFunction(clock.now)
    enrolled_by = "Alan"


class QuestionFactory(DjangoModelFactory):
    """A single choice whose second option is right."""

    class Meta:
        model = Question

    code = factory.Sequence(lambda n: f"T-{n:04d}")
    kind = QuestionKind.SINGLE
    text = factory.Sequence(lambda n: f"断开高压回路前应先做什么？（{n}）")
    options = factory.LazyFunction(lambda: ["直接拔下插头", "下电并等待放电", "用水冲洗", "请客户操作"])
    right = factory.LazyFunction(lambda: [2])
    explanation = "高压部件须先下电，等待电容放电后验电。"
    difficulty = Difficulty.EASY


class PaperFactory(DjangoModelFactory):
    """Four easy questions of a bank of five, eighty percent, half an hour."""

    class Meta:
        model = ExamPaper
        skip_postgeneration_save = True

    course = factory.SubFactory(CourseFactory)
    easy, medium, hard = 4, 0, 0

    @factory.post_generation
    def bank(self, create: bool, wanted: int | None, **kwargs: object) -> None:
        if create:
            QuestionFactory.create_batch(5 if wanted is None else wanted)


class RequirementFactory(DjangoModelFactory):
    """A skill that technicians must be seen to have."""

    class Meta:
        model = PostRequirement

    code = factory.Sequence(lambda n: f"YQ-{n:03d}")
    post = Post.TECHNICIAN
    kind = RequirementKind.SKILL
    name = "故障诊断"
