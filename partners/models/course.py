"""Courses, their sessions and who is enrolled (R069, R116, R142, R176)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.training import CourseKind, EnrolmentState, SessionMode
from partners.models.product import ProductLine
from partners.models.staff import Staff
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role


class CourseQuerySet(ScopedQuerySet):
    """What is taught is for everybody of the network; a withdrawn course only for the brand."""

    def scope(self, actor: Actor) -> "CourseQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self.all()
        return self.filter(active=True) if actor.is_partner else self.none()


class Course(models.Model):
    """What is taught; with `valid_months` it leads to a certificate, with `product_line` to one for that line."""

    code = models.CharField(_("Course code"), max_length=32, unique=True)
    name = models.CharField(_("Course"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=12, choices=CourseKind.choices)
    product_line = models.ForeignKey(
        ProductLine, models.PROTECT, null=True, blank=True, verbose_name=_("Product line"),
        help_text=_("Its certificate lets people work on tickets of this line."),
    )  # fmt: skip
    outline = models.TextField(
        _("Content outline"), blank=True,
        help_text=_("One topic a line: product knowledge, service flow, communication, complaint handling, rules."),
    )  # fmt: skip
    hours = models.DecimalField(pgettext_lazy("course", "Hours"), max_digits=4, decimal_places=1, default=4)
    needs_attendance = models.BooleanField(
        _("Attendance required"), default=True, help_text=_("Without it the course is studied alone.")
    )
    self_enrolment = models.BooleanField(_("Technicians may enrol themselves"), default=False)
    valid_months = models.PositiveSmallIntegerField(
        _("Certificate valid for months"), default=24, help_text=_("0: the course gives no certificate.")
    )
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords()
    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def topics(self) -> list[str]:
        """The outline line by line."""
        return [line.strip() for line in self.outline.splitlines() if line.strip()]


class CourseSessionQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "CourseSessionQuerySet":
        return self.filter(course__in=Course.objects.visible_to(actor))


class CourseSession(models.Model):
    """One date of a course: when, where or online, who teaches, how many seats."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("Course"))
    number = models.CharField(_("Session number"), max_length=32, unique=True)
    starts_at = models.DateTimeField(_("Begins"))
    ends_at = models.DateTimeField(_("Ends"))
    mode = models.CharField(pgettext_lazy("training", "Mode"), max_length=10, choices=SessionMode.choices)
    place = models.CharField(_("Place or link"), max_length=200)
    trainer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Trainer"))
    seats = models.PositiveSmallIntegerField(_("Seats"), default=20)
    cancelled_at = models.DateTimeField(_("Called off at"), null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("Reason"), max_length=300, blank=True, editable=False)

    history = HistoricalRecords()
    objects = CourseSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("training session")
        verbose_name_plural = _("training sessions")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="session_ends_after_it_begins",
                violation_error_message=_("A session cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats__gte=1),
                name="session_has_seats",
                violation_error_message=_("A session has at least one seat."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.course}"


class EnrolmentQuerySet(ScopedQuerySet):
    """Visible to whoever sees the person; a technician sees his own."""

    def scope(self, actor: Actor) -> "EnrolmentQuerySet":
        if actor.role == Role.TECHNICIAN:
            return self.filter(staff__user_id=actor.user_id)
        return self.filter(staff__in=Staff.objects.visible_to(actor))


class Enrolment(models.Model):
    """One person in one session; who comes when all seats are taken waits in the order of coming."""

    session = models.ForeignKey(
        CourseSession, models.PROTECT, related_name="enrolments", verbose_name=_("Training session")
    )
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="enrolments", verbose_name=_("Staff member"))
    #: Session number/employee number: how a sheet names the row.
    number = models.CharField(_("Enrolment number"), max_length=70, unique=True)
    state = models.CharField(_("State"), max_length=10, choices=EnrolmentState.choices, default=EnrolmentState.ENROLLED)
    enrolled_at = models.DateTimeField(_("Enrolled at"))
    enrolled_by = models.CharField(_("Enrolled by"), max_length=120)

    history = HistoricalRecords()
    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["session", "enrolled_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "staff"],
                name="enrolled_once",
                violation_error_message=_("This person is enrolled in this session already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.staff} · {self.session}"

    def become(self, state: EnrolmentState) -> None:
        """Only `partners.actions.enrolment` calls this; it asks and journals."""
        self.state = state
