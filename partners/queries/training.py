"""Courses, sessions, examinations and certificates as pages and rules ask for them (R115, R142)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Prefetch, Q, QuerySet

from partners.choices.training import AttemptState, EnrolmentState
from partners.models import (
    Certificate,
    Course,
    CourseSession,
    Enrolment,
    ExamAttempt,
    ExamPaper,
    Partner,
    Question,
    Staff,
)
from partners.queries.qualification import standing_of
from partners.rules.exam import Drawn, Sitting
from portal.accounts.actor import Actor
from portal.kernel import clock

SEATED = [EnrolmentState.ENROLLED, EnrolmentState.ATTENDED, EnrolmentState.ABSENT]


def seats_taken(session: CourseSession) -> int:
    """How many seats are given."""
    return Enrolment.objects.filter(session=session, state__in=SEATED).count()


def first_waiting(session: CourseSession) -> Enrolment | None:
    """Who gets the next free seat."""
    waiting = Enrolment.objects.filter(session=session, state=EnrolmentState.WAITING)
    return waiting.select_related("staff").order_by("enrolled_at", "pk").first()


def sessions_with_seats(rows: QuerySet[CourseSession]) -> QuerySet[CourseSession]:
    """The sessions with `taken` and `queue`."""
    return rows.annotate(
        taken=Count("enrolments", filter=Q(enrolments__state__in=SEATED)),
        queue=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.WAITING)),
    )


def coming_sessions(actor: Actor, course: Course | None = None) -> QuerySet[CourseSession]:
    """What can still be entered, the next one first."""
    rows = CourseSession.objects.visible_to(actor).filter(cancelled_at=None, starts_at__gt=clock.now())
    if course is not None:
        rows = rows.filter(course=course)
    return sessions_with_seats(rows.select_related("course", "trainer").order_by("starts_at"))


def bank_for(course: Course) -> list[Drawn]:
    """The questions that a paper of the course may take, as they are drawn."""
    fits = Q(product_line=None) | Q(product_line=course.product_line_id)
    from_bank = Question.objects.filter(fits, active=True).order_by("code")
    return [
        {
            "id": row.pk,
            "code": row.code,
            "kind": row.kind,
            "text": row.text,
            "options": list(row.options),
            "right": [place - 1 for place in row.right],
            "explanation": row.explanation,
            "difficulty": row.difficulty,
        }
        for row in from_bank
    ]


def sitting_of(staff: Staff, paper: ExamPaper) -> Sitting:
    """What the rule asks before somebody begins an attempt."""
    course = paper.course
    attended = last_attended(staff, course)
    until = certified_until(staff, course)
    failed: list[datetime] = []
    tries = ExamAttempt.objects.filter(staff=staff, paper=paper, finished_at__isnull=False).defer("sheet", "answers")
    for tried in tries.order_by("finished_at"):
        failed = [] if tried.state == AttemptState.PASSED or not tried.finished_at else [*failed, tried.finished_at]
    if attended is not None:
        failed = [moment for moment in failed if moment > attended]
    return Sitting(course.needs_attendance, attended is not None, until, failed)


def last_attended(staff: Staff, course: Course) -> datetime | None:
    """The end of the latest session of the course that somebody attended."""
    rows = Enrolment.objects.filter(staff=staff, session__course=course, state=EnrolmentState.ATTENDED)
    return rows.order_by("-session__ends_at").values_list("session__ends_at", flat=True).first()


def certified_until(staff: Staff, course: Course) -> date | None:
    """The end of the longest valid certificate of the course; None without one."""
    rows = Certificate.objects.filter(staff=staff, course=course).valid_on(clock.today())
    return rows.order_by("-valid_until").values_list("valid_until", flat=True).first()


def last_passed(staff: Staff, course: Course) -> ExamAttempt | None:
    """The latest attempt that was passed."""
    rows = ExamAttempt.objects.filter(staff=staff, paper__course=course, state=AttemptState.PASSED)
    return rows.order_by("-finished_at").first()


def open_attempt(staff: Staff, paper: ExamPaper) -> ExamAttempt | None:
    """The attempt that is under way."""
    return ExamAttempt.objects.filter(staff=staff, paper=paper, finished_at=None).first()


def staff_of(actor: Actor) -> Staff | None:
    """The active staff row of the account, with its outlet."""
    if actor.user_id is None:
        return None
    return Staff.objects.filter(user_id=actor.user_id, active=True).select_related("outlet__partner").first()


def team_of(actor: Actor) -> QuerySet[Staff]:
    """The active people whom somebody leads, outlet by outlet, ready for `standing_of`."""
    rows = Staff.objects.visible_to(actor).filter(active=True)
    return rows.select_related("outlet").prefetch_related("outlet__product_lines").order_by("outlet__code", "number")


@dataclass(frozen=True, slots=True)
class PartnerFigures:
    """How a partner's people stand: of all whose post asks for something, `certified` hold what work asks for."""

    partner: Partner
    people: int
    certified: int
    expiring: int
    waiting: int

    @property
    def percent(self) -> int | None:
        """Share certified, rounded down; None where nothing is asked for."""
        return 100 * self.certified // self.people if self.people else None


def partner_figures(actor: Actor, today: date) -> list[PartnerFigures]:
    """Training figures of each partner in sight, the lowest share first (R017, R115)."""
    team = Staff.objects.filter(active=True).select_related("outlet").prefetch_related("outlet__product_lines")
    partners = Partner.objects.visible_to(actor).prefetch_related(Prefetch("outlets__staff", queryset=team))
    people = [person for partner in partners for outlet in partner.outlets.all() for person in outlet.staff.all()]
    standing = standing_of(people, today) if people else {}
    waiting = dict(
        Enrolment.objects.filter(state__in=[EnrolmentState.ENROLLED, EnrolmentState.WAITING])
        .order_by()
        .values_list("staff__outlet__partner")
        .annotate(n=Count("pk"))
    )
    found = [_figures(partner, standing, waiting.get(partner.pk, 0)) for partner in partners]
    return sorted(found, key=lambda row: (row.percent is None, row.percent or 0, row.partner.code))


def _figures(partner: Partner, standing: dict[int, list], waiting: int) -> PartnerFigures:
    sheets = [standing[person.pk] for outlet in partner.outlets.all() for person in outlet.staff.all()]
    asked = [[item for item in sheet if item.bars_work] for sheet in sheets]
    asked = [sheet for sheet in asked if sheet]
    certified = [sheet for sheet in asked if all(item.met for item in sheet)]
    soon = [sheet for sheet in certified if any(item.state == "expiring" for item in sheet)]
    return PartnerFigures(partner, len(asked), len(certified), len(soon), waiting)
