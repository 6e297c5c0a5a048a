"""Question bank, papers and attempts (R115, R175)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.training import AttemptState, Difficulty, QuestionKind
from partners.models.course import Course
from partners.models.product import ProductLine
from partners.models.staff import Staff
from partners.rules.exam import question_faults
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role


class BankQuerySet(ScopedQuerySet):
    """Questions hold the right answers: they never leave the brand, and auditors may check them."""

    def scope(self, actor: Actor) -> "BankQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor else self.none()


class Question(models.Model):
    """One question with its options; `right` are the places of the right ones, from 1."""

    code = models.CharField(_("Question code"), max_length=32, unique=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=QuestionKind.choices)
    text = models.TextField(pgettext_lazy("examination", "Question"))
    options = models.JSONField(_("Options"), default=list)
    right = models.JSONField(_("Right options"), default=list)
    explanation = models.TextField(_("Explanation"), blank=True)
    product_line = models.ForeignKey(
        ProductLine, models.PROTECT, null=True, blank=True, verbose_name=_("Product line"),
        help_text=_("Empty: for every paper."),
    )  # fmt: skip
    difficulty = models.CharField(_("Difficulty"), max_length=8, choices=Difficulty.choices, default=Difficulty.MEDIUM)
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords()
    objects = BankQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("question bank")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:40]}"

    def clean(self) -> None:
        """Options and right ones must fit the kind."""
        super().clean()
        if faults := question_faults(self.kind, self.options, self.right):
            raise ValidationError(faults)


class ExamPaperQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "ExamPaperQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor else self.none()


class ExamPaper(models.Model):
    """How an examination of a course is drawn, timed and marked."""

    course = models.OneToOneField(Course, models.PROTECT, related_name="paper", verbose_name=_("Course"))
    easy = models.PositiveSmallIntegerField(_("Easy questions"), default=4)
    medium = models.PositiveSmallIntegerField(_("Medium questions"), default=4)
    hard = models.PositiveSmallIntegerField(_("Hard questions"), default=2)
    pass_percent = models.PositiveSmallIntegerField(_("Pass mark in percent"), default=80)
    minutes = models.PositiveSmallIntegerField(pgettext_lazy("examination", "Minutes"), default=30)
    attempts = models.PositiveSmallIntegerField(
        pgettext_lazy("examination", "Attempts"),
        default=3,
        help_text=_("After so many failures the course has to be attended again."),
    )
    wait_hours = models.PositiveSmallIntegerField(_("Hours between two attempts"), default=24)
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords()
    objects = ExamPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("examination paper")
        verbose_name_plural = _("examination papers")
        ordering = ["course"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pass_percent__gte=1, pass_percent__lte=100),
                name="pass_mark_is_percent",
                violation_error_message=_("The pass mark is a percentage from 1 to 100."),
            ),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=1, attempts__gte=1),
                name="paper_has_time_and_attempts",
                violation_error_message=_("Give at least one minute and one attempt."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.course)

    @property
    def quota(self) -> dict[str, int]:
        """How many questions of each difficulty a paper takes."""
        return {Difficulty.EASY: self.easy, Difficulty.MEDIUM: self.medium, Difficulty.HARD: self.hard}


class AttemptQuerySet(ScopedQuerySet):
    """Visible to whoever sees the person; a technician sees his own."""

    def scope(self, actor: Actor) -> "AttemptQuerySet":
        if actor.role == Role.TECHNICIAN:
            return self.filter(staff__user_id=actor.user_id)
        return self.filter(staff__in=Staff.objects.visible_to(actor))


class ExamAttempt(models.Model):
    """One sitting: the questions as they were drawn, what was answered, and the mark."""

    LOCKED_WITH = ("paper__course", "staff")

    paper = models.ForeignKey(ExamPaper, models.PROTECT, related_name="attempts_made", verbose_name=_("Course"))
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="attempts", verbose_name=_("Staff member"))
    number = models.CharField(_("Attempt number"), max_length=32, unique=True)
    seed = models.CharField(_("Seed of the draw"), max_length=32)
    #: Questions as shown, with the right options: later changes of the bank change nothing.
    sheet = models.JSONField(_("Questions drawn"))
    answers = models.JSONField(_("Answers"), default=dict)
    state = models.CharField(_("State"), max_length=8, choices=AttemptState.choices, default=AttemptState.OPEN)
    pass_percent = models.PositiveSmallIntegerField(_("Pass mark in percent"))
    started_at = models.DateTimeField(_("Begun at"))
    closes_at = models.DateTimeField(_("Time is up at"))
    finished_at = models.DateTimeField(_("Handed in at"), null=True, blank=True)
    right_count = models.PositiveSmallIntegerField(_("Right answers"), null=True, blank=True)
    percent = models.PositiveSmallIntegerField(_("Mark in percent"), null=True, blank=True)

    history = HistoricalRecords(excluded_fields=["sheet", "answers"])
    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("examination attempt")
        verbose_name_plural = _("examination results")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "staff"],
                condition=models.Q(finished_at=None),
                name="one_open_attempt",
                violation_error_message=_("An attempt at this examination is under way already."),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def finish(self, state: AttemptState, **values: Any) -> None:
        """Only `partners.actions.exam` calls this; it marks and journals."""
        self.state = state
        for name, value in values.items():
            setattr(self, name, value)
