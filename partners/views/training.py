"""My training on a telephone: what my post asks for, courses, sessions, certificates (R115, R142, R176)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from partners.actions import enrolment
from partners.choices.training import AttemptState, CertificateState, CourseKind, EnrolmentState, ItemState
from partners.models import Certificate, Course, CourseSession, Enrolment, Staff
from partners.queries import my_training as mine
from partners.queries.qualification import standing_of
from partners.queries.training import coming_sessions, staff_of, team_of
from partners.rules.training import LEADERS
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError
from portal.kernel.words import joined
from portal.webkit.guards import partner_page

WORDS = {
    "AttemptState": AttemptState,
    "CertificateState": CertificateState,
    "CourseKind": CourseKind,
    "EnrolmentState": EnrolmentState,
    "ItemState": ItemState,
}


@require_safe
@partner_page
def index(request: HttpRequest) -> HttpResponse:
    """What I hold and lack, what I may sit, where I am enrolled, and every course."""
    staff = staff_of(request.actor)
    context = {
        **WORDS,
        "staff": staff,
        "items": standing_of([staff], clock.today())[staff.pk] if staff else [],
        "exams": mine.exams_of(staff) if staff else [],
        "enrolments": mine.enrolments_of(staff) if staff else [],
        "attempts": mine.attempts_of(staff) if staff else [],
        "courses": mine.catalogue(request.actor),
        "leads": request.actor.role in LEADERS,
    }
    return render(request, "partners/field/training.html", context)


@require_safe
@partner_page
def course(request: HttpRequest, pk: int) -> HttpResponse:
    """One course: content, material, examination, dates with seats, and who of my team is in."""
    row = get_object_or_404(Course.objects.visible_to(request.actor).select_related("product_line"), pk=pk)
    staff = staff_of(request.actor)
    leads = request.actor.role in LEADERS
    sessions = list(coming_sessions(request.actor, row))
    context = {
        **WORDS,
        "course": row,
        "staff": staff,
        "files": Attachment.objects.filter(subject=subject_of(row)),
        "exam": mine.exam_of(staff, row) if staff else None,
        "paper": mine.paper_of(row),
        "sessions": mine.seen_sessions(sessions, staff, list(team_of(request.actor)) if leads else []),
        "leads": leads,
    }
    return render(request, "partners/field/course.html", context)


@require_POST
@partner_page
def enrol(request: HttpRequest, pk: int) -> HttpResponse:
    """Myself, or the chosen people of my team."""
    session = get_object_or_404(CourseSession.objects.visible_to(request.actor), pk=pk)
    people = _chosen(request)
    try:
        if not people:
            raise InvalidInput(_("Choose at least one person."))
        done = enrolment.enrol_all(request.actor, session, people)
    except PortalError as error:
        messages.error(request, error.message)
        return redirect("house:course", pk=session.course_id)
    waiting = [row.staff.name for row in done if row.state == EnrolmentState.WAITING]
    seated = [row.staff.name for row in done if row.state == EnrolmentState.ENROLLED]
    if seated:
        messages.success(request, _("Enrolled: %(names)s") % {"names": joined(seated)})
    if waiting:
        messages.warning(request, _("On the waiting list: %(names)s") % {"names": joined(waiting)})
    return redirect("house:course", pk=session.course_id)


def _chosen(request: HttpRequest) -> list[Staff]:
    sent = [int(pk) for pk in request.POST.getlist("staff") if pk.isascii() and pk.isdigit() and len(pk) < 12]
    if "team" in request.POST:
        return list(Staff.objects.visible_to(request.actor).filter(pk__in=sent))
    myself = staff_of(request.actor)
    return [myself] if myself else []


@require_POST
@partner_page
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a seat back, with the reason."""
    row = get_object_or_404(Enrolment.objects.visible_to(request.actor).select_related("session"), pk=pk)
    try:
        enrolment.cancel(request.actor, row, request.POST.get("reason", ""))
        messages.success(request, _("The enrolment is cancelled."))
    except PortalError as error:
        messages.error(request, error.message)
    return redirect("house:course", pk=row.session.course_id)


@require_safe
@partner_page
def certificates(request: HttpRequest) -> HttpResponse:
    """My certificates with their papers."""
    staff = staff_of(request.actor)
    rows = Certificate.objects.none() if staff is None else Certificate.objects.filter(staff=staff)
    held = rows.select_related("course", "product_line").order_by("-valid_until")
    context = {**WORDS, "staff": staff, "certificates": held}
    return render(request, "partners/field/certificates.html", context)
