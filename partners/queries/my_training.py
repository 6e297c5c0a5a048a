"""What the pages of partner staff show of training (R115, R142)."""

from dataclasses import dataclass, field

from django.db.models import Min, Q, QuerySet

from partners.choices.training import EnrolmentState
from partners.models import Course, CourseSession, Enrolment, ExamAttempt, ExamPaper, Staff
from partners.queries.training import certified_until, open_attempt, sitting_of
from partners.rules.exam import may_sit
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.verdict import Verdict

LATEST = 10


@dataclass(frozen=True, slots=True)
class ExamChoice:
    """An examination as a button: may I begin it now, or go on with it, and if not, why."""

    paper: ExamPaper
    verdict: Verdict
    under_way: ExamAttempt | None
    used: int

    @property
    def left(self) -> int:
        return max(0, self.paper.attempts - self.used)


@dataclass(slots=True)
class SeenSession:
    """A session with my own place in it, and who of my team is in or could be."""

    session: CourseSession
    own: Enrolment | None = None
    inside: list[Enrolment] = field(default_factory=list)
    outside: list[Staff] = field(default_factory=list)

    @property
    def free(self) -> int:
        return max(0, self.session.seats - self.session.taken)


def exam_of(staff: Staff, course: Course) -> ExamChoice | None:
    """The examination of a course; None where it has none."""
    paper = paper_of(course)
    return _choice(staff, paper) if paper else None


def paper_of(course: Course) -> ExamPaper | None:
    """The paper in use."""
    return ExamPaper.objects.filter(course=course, active=True).select_related("course").first()


def exams_of(staff: Staff) -> list[ExamChoice]:
    """Examinations that concern somebody now: attended or for self-study, and not just passed."""
    attended = Enrolment.objects.filter(staff=staff, state=EnrolmentState.ATTENDED).values("session__course")
    concerns = Q(course__in=attended) | Q(course__needs_attendance=False)
    papers = ExamPaper.objects.filter(concerns, active=True, course__active=True).select_related("course")
    choices = [_choice(staff, paper) for paper in papers.order_by("course__code")]
    return [choice for choice in choices if choice.under_way or choice.verdict or not _holds(staff, choice.paper)]


def _choice(staff: Staff, paper: ExamPaper) -> ExamChoice:
    sitting = sitting_of(staff, paper)
    under_way = open_attempt(staff, paper)
    if under_way is not None and under_way.closes_at <= clock.now():
        under_way = None
    verdict = may_sit(sitting, paper.attempts, paper.wait_hours, clock.now())
    return ExamChoice(paper, verdict, under_way, len(sitting.failed))


def _holds(staff: Staff, paper: ExamPaper) -> bool:
    return certified_until(staff, paper.course) is not None


def enrolments_of(staff: Staff) -> QuerySet[Enrolment]:
    """His places in sessions, the latest first; what was cancelled is left out."""
    rows = Enrolment.objects.filter(staff=staff).exclude(state=EnrolmentState.CANCELLED)
    return rows.select_related("session__course").order_by("-session__starts_at")[:LATEST]


def attempts_of(staff: Staff) -> QuerySet[ExamAttempt]:
    """His latest attempts that are handed in."""
    rows = ExamAttempt.objects.filter(staff=staff, finished_at__isnull=False).defer("sheet", "answers")
    return rows.select_related("paper__course").order_by("-finished_at")[:LATEST]


def catalogue(actor: Actor) -> QuerySet[Course]:
    """All courses with their next date."""
    coming = Q(sessions__starts_at__gt=clock.now(), sessions__cancelled_at=None)
    rows = Course.objects.visible_to(actor).filter(active=True).select_related("product_line")
    return rows.annotate(next_at=Min("sessions__starts_at", filter=coming)).order_by("kind", "code")


def seen_sessions(sessions: list[CourseSession], staff: Staff | None, team: list[Staff]) -> list[SeenSession]:
    """The sessions as somebody sees them who may enrol `team`, two queries in all."""
    wanted = {person.pk for person in team} | ({staff.pk} if staff else set())
    rows = Enrolment.objects.filter(session__in=sessions, staff__in=wanted).exclude(state=EnrolmentState.CANCELLED)
    seen = {session.pk: SeenSession(session, outside=list(team)) for session in sessions}
    for row in rows.select_related("staff"):
        one = seen[row.session_id]
        if staff is not None and row.staff_id == staff.pk:
            one.own = row
        if team:
            one.inside.append(row)
            one.outside = [person for person in one.outside if person.pk != row.staff_id]
    return list(seen.values())
