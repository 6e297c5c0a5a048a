"""What a post asks for, and what somebody proved besides certificates (R117–R119, R173, R174)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices import Post
from partners.choices.training import RequirementKind
from partners.models.course import Course
from partners.models.product import ProductLine
from partners.models.staff import Staff
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role


class RequirementQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "RequirementQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor or actor.is_partner else self.none()


class PostRequirement(models.Model):
    """One thing that a post asks for, at every outlet or only where a product line is served."""

    code = models.CharField(_("Requirement code"), max_length=32, unique=True)
    post = models.CharField(_("Post"), max_length=20, choices=Post.choices)
    product_line = models.ForeignKey(
        ProductLine, models.PROTECT, null=True, blank=True, verbose_name=_("Product line"),
        help_text=_("Empty: whatever the product line."),
    )  # fmt: skip
    kind = models.CharField(_("Kind"), max_length=10, choices=RequirementKind.choices)
    name = models.CharField(pgettext_lazy("post", "Requirement"), max_length=120)
    course = models.ForeignKey(Course, models.PROTECT, null=True, blank=True, verbose_name=_("Course"))
    explanation = models.CharField(pgettext_lazy("post", "Explanation"), max_length=300, blank=True)
    valid_months = models.PositiveSmallIntegerField(
        _("Proof valid for months"), null=True, blank=True, help_text=_("Empty: once proved, for good.")
    )
    bars_work = models.BooleanField(
        _("Needed for dispatch"), default=False, help_text=_("Nobody without it becomes responsible for a ticket.")
    )
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords()
    objects = RequirementQuerySet.as_manager()

    class Meta:
        verbose_name = _("post requirement")
        verbose_name_plural = _("post requirements")
        ordering = ["post", "kind", "code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind=RequirementKind.COURSE, course__isnull=False)
                | (~models.Q(kind=RequirementKind.COURSE) & models.Q(course__isnull=True)),
                name="requirement_names_its_course",
                violation_error_message=_("A required course must be named; other requirements have none."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProofQuerySet(ScopedQuerySet):
    """Visible to whoever sees the person; a technician sees his own."""

    def scope(self, actor: Actor) -> "ProofQuerySet":
        if actor.role == Role.TECHNICIAN:
            return self.filter(staff__user_id=actor.user_id)
        return self.filter(staff__in=Staff.objects.visible_to(actor))


class StaffProof(models.Model):
    """That somebody was seen to have a skill, a document, or to keep to appearance and conduct; the newest counts."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="proofs", verbose_name=_("Staff member"))
    requirement = models.ForeignKey(
        PostRequirement, models.PROTECT, related_name="proofs", verbose_name=pgettext_lazy("post", "Requirement")
    )
    met = models.BooleanField(pgettext_lazy("post", "Met"), default=True)
    checked_on = models.DateField(_("Checked on"))
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)
    checked_by = models.CharField(_("Checked by"), max_length=120)

    history = HistoricalRecords()
    objects = ProofQuerySet.as_manager()

    class Meta:
        verbose_name = _("proof of qualification")
        verbose_name_plural = _("proofs of qualification")
        ordering = ["staff", "requirement", "-checked_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.staff} · {self.requirement}"

    def clean(self) -> None:
        """A course is proved by its certificate, not by a tick."""
        super().clean()
        if self.requirement_id and self.requirement.kind == RequirementKind.COURSE:
            raise ValidationError({"requirement": _("A course is proved by its certificate.")})
