"""Training of the demonstration: posts, courses, questions, sessions held and to come, examinations, certificates."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from partners.actions import certificate, enrolment, exam, proof
from partners.choices.training import QuestionKind, RequirementKind, SessionMode
from partners.models import Certificate, Course, CourseSession, ExamPaper, PostRequirement, Question, Staff
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.demo import texts
from portal.demo.network import Network, Person
from portal.kernel import clock

SYSTEM = Actor.system("演示数据")
INDUCTION, REPAIR, NEWS, MANNERS = "KC-GQ-01", "KC-DC-02", "KC-XP-03", "KC-LY-04"
PLACES = ("上海培训中心 301 室", "苏州服务学院 2 号教室", "线上直播间")


def fill(random: Random, network: Network, today: date) -> None:
    """All of it as of `today`."""
    told = texts.read("training")
    courses = {row["code"]: _course(row, network) for row in told["course"]}
    for number, row in enumerate(told["question"], 1):
        _question(row, number, network)
    for row in told["requirement"]:
        _requirement(row, courses)
    _papers(courses)
    everybody = list(Staff.objects.filter(active=True).order_by("number"))
    _inducted(random, everybody, courses[INDUCTION], today)
    people = [person for shop in network.shops for person in shop.people]
    trainer = User.objects.get(username="technical")
    _held(random, courses[REPAIR], trainer, people[:12], today - timedelta(days=21), 1)
    _held(random, courses[NEWS], trainer, people[:6], today - timedelta(days=3), 2, sit=False)
    _coming(courses, trainer, people, today)
    _checks(random, everybody)


def _course(told: dict[str, Any], network: Network) -> Course:
    return Course.objects.create(
        code=told["code"],
        name=told["name"],
        kind=told["kind"],
        product_line=network.lines.get(told.get("line", "")),
        outline="\n".join(told["outline"]),
        hours=told["hours"],
        needs_attendance=not told.get("study", False),
        self_enrolment=told.get("self", False),
        valid_months=told["months"],
    )


def _question(told: dict[str, Any], number: int, network: Network) -> None:
    several = len(told["right"]) > 1
    kind = QuestionKind.MULTIPLE if several else QuestionKind.SINGLE
    row = Question(
        code=f"TK-{number:03d}",
        kind=QuestionKind.TRUE_FALSE if told["options"] == ["正确", "错误"] else kind,
        text=told["text"],
        options=told["options"],
        right=told["right"],
        explanation=told["why"],
        product_line=network.lines.get(told.get("line", "")),
        difficulty=told.get("level", "easy"),
    )
    row.full_clean()
    row.save()


def _requirement(told: dict[str, Any], courses: dict[str, Course]) -> None:
    PostRequirement.objects.create(
        code=told["code"],
        post=told["post"],
        kind=told["kind"],
        name=told["name"],
        course=courses.get(told.get("course", "")),
        explanation=told.get("explanation", ""),
        valid_months=told.get("months"),
        bars_work=told.get("bars", False),
    )


def _papers(courses: dict[str, Course]) -> None:
    for code, (easy, medium, hard) in {
        INDUCTION: (5, 3, 1),
        REPAIR: (4, 4, 2),
        NEWS: (3, 3, 1),
        MANNERS: (4, 2, 0),
    }.items():
        ExamPaper.objects.create(course=courses[code], easy=easy, medium=medium, hard=hard, minutes=20)


def _inducted(random: Random, people: list[Staff], course: Course, today: date) -> None:
    """Everybody who takes tickets passed the induction, a few of them long ago."""
    for number, person in enumerate(people):
        until = today + timedelta(days=random.choice((5, 25, 80)) if number % 17 == 3 else random.randint(120, 700))
        row = Certificate(
            staff=person,
            course=course,
            number=f"GQ-{person.number}",
            valid_from=until - timedelta(days=730),
            valid_until=until,
        )
        certificate.register(SYSTEM, row)


def _session(course: Course, trainer: User, day: date, number: int, seats: int = 20) -> CourseSession:
    starts = datetime.combine(day, time(9, 30), clock.LOCAL)
    return CourseSession.objects.create(
        course=course,
        number=f"PX-{day:%Y%m%d}-{number:02d}",
        starts_at=starts,
        ends_at=starts + timedelta(hours=6),
        mode=SessionMode.ONLINE if number % 3 == 0 else SessionMode.CLASSROOM,
        place=PLACES[number % 3 - 1],
        trainer=trainer,
        seats=seats,
    )


def _held(
    random: Random, course: Course, trainer: User, people: list[Person], day: date, number: int, *, sit: bool = True
) -> None:
    """A session that took place: enrolled a week before, one absent, and the others sat the examination next day."""
    session = _session(course, trainer, day, number)
    with clock.travel(session.starts_at - timedelta(days=7)):
        rows = [enrolment.enrol(SYSTEM, session, person.row) for person in people]
    with clock.travel(session.ends_at):
        enrolment.record_attendance(Actor.of(trainer), session, [row.pk for row in rows[:-1]])
    if sit:
        for minutes, person in enumerate(people[:-1]):
            with clock.travel(session.ends_at + timedelta(hours=18, minutes=7 * minutes)):
                _sit(random, course, person, careless=minutes % 4 == 0)


def _sit(random: Random, course: Course, person: Person, *, careless: bool) -> None:
    attempt = exam.start(person.actor, course.paper, seed=f"{random.getrandbits(64):016x}")
    answers = {str(n): question["right"] for n, question in enumerate(attempt.sheet)}
    wrong = random.sample(sorted(answers), 4 if careless else random.choice((0, 1, 1)))
    answers |= {place: [0] if answers[place] != [0] else [1] for place in wrong}
    with clock.travel(attempt.started_at + timedelta(minutes=random.randint(6, 14))):
        exam.hand_in(person.actor, attempt, answers)


def _coming(courses: dict[str, Course], trainer: User, people: list[Person], today: date) -> None:
    """Three dates ahead, one of them full with a waiting list."""
    full = _session(courses[REPAIR], trainer, today + timedelta(days=6), 1, seats=6)
    for person in people[12:20]:
        enrolment.enrol(SYSTEM, full, person.row)
    news = _session(courses[NEWS], trainer, today + timedelta(days=9), 2)
    for person in people[6:10]:
        enrolment.enrol(person.actor, news, person.row)
    _session(courses[INDUCTION], trainer, today + timedelta(days=13), 3)


def _checks(random: Random, people: list[Staff]) -> None:
    """Managers looked at most things; a few are missing or were found wanting."""
    requirements = list(PostRequirement.objects.exclude(kind=RequirementKind.COURSE))
    for person in people:
        for wanted in requirements:
            if wanted.post != person.post or random.random() < 0.12:
                continue
            met = random.random() > 0.05
            proof.record_proof(
                SYSTEM, person, wanted, met=met, note="" if met else "抽查时未达到要求，已约谈并限期改正"
            )
