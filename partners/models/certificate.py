"""Certificate (上岗证书): proof of training and examination, without which nobody is dispatched (R115, R175)."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices.training import CertificateSource, CertificateState
from partners.models.course import Course
from partners.models.product import ProductLine
from partners.models.staff import Staff
from partners.rules.qualification import SOON_DAYS
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role
from portal.kernel import clock

#: What cannot be changed of a certificate that the portal issued.
FIXED = ("staff_id", "product_line_id", "course_id", "number", "valid_from", "valid_until", "source", "reason")


class CertificateQuerySet(ScopedQuerySet):
    """A certificate is visible to whoever sees its holder; a technician sees his own."""

    def scope(self, actor: Actor) -> "CertificateQuerySet":
        if actor.role == Role.TECHNICIAN:
            return self.filter(staff__user_id=actor.user_id)
        return self.filter(staff__in=Staff.objects.visible_to(actor))

    def valid_on(self, day: date) -> "CertificateQuerySet":
        """Not revoked, and `day` lies in its term, both ends included."""
        return self.filter(revoked_at=None, valid_from__lte=day, valid_until__gte=day)


class Certificate(models.Model):
    """One certificate of one person: for a product line, for a course, or for the course of a product line."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="certificates", verbose_name=_("Staff member"))
    product_line = models.ForeignKey(ProductLine, models.PROTECT, null=True, blank=True, verbose_name=_("Product line"))
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="certificates", verbose_name=_("Course")
    )
    number = models.CharField(_("Certificate number"), max_length=40, unique=True)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    source = models.CharField(
        _("Source"), max_length=10, choices=CertificateSource.choices, default=CertificateSource.RECORDED
    )
    reason = models.CharField(_("Reason for issuing by hand"), max_length=300, blank=True)
    revoked_at = models.DateTimeField(_("Revoked at"), null=True, blank=True, editable=False)
    revoked_reason = models.CharField(_("Reason for revoking"), max_length=300, blank=True, editable=False)

    history = HistoricalRecords()
    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="certificate_ends_after_it_begins",
                violation_error_message=_("A certificate cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(product_line__isnull=False) | models.Q(course__isnull=False),
                name="certificate_is_for_something",
                violation_error_message=_("Say for which product line or course the certificate is."),
            ),
        ]
        indexes = [models.Index(fields=["valid_until"], name="certificate_end")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What it is for: the course, and where it has none the product line."""
        return str(self.course or self.product_line or "")

    def clean(self) -> None:
        """What the portal issued, and what is revoked, stays as it is."""
        super().clean()
        before = type(self).objects.filter(pk=self.pk).first() if self.pk else None
        if before is None or (before.source == CertificateSource.RECORDED and before.revoked_at is None):
            return
        if any(getattr(before, name) != getattr(self, name) for name in FIXED):
            raise ValidationError(_("This certificate stays as it was issued: revoke it and issue another."))

    def standing_on(self, day: date) -> CertificateState:
        """Valid from the first to the last day of its term, unless revoked."""
        if self.revoked_at is not None:
            return CertificateState.REVOKED
        if day < self.valid_from:
            return CertificateState.FUTURE
        if day > self.valid_until:
            return CertificateState.EXPIRED
        soon = self.valid_until < day + timedelta(days=SOON_DAYS)
        return CertificateState.EXPIRING if soon else CertificateState.VALID

    @property
    def standing(self) -> CertificateState:
        """How it stands today."""
        return self.standing_on(clock.today())


class ExpiryWarning(models.Model):
    """That holder and manager were warned so many days before the end: once each, whatever the schedule does."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="warnings")
    days = models.PositiveSmallIntegerField(_("Days before the end"))
    warned_at = models.DateTimeField(_("Warned at"))

    class Meta:
        verbose_name = _("expiry warning")
        verbose_name_plural = _("expiry warnings")
        constraints = [models.UniqueConstraint(fields=["certificate", "days"], name="expiry_warned_once")]

    def __str__(self) -> str:
        return f"{self.certificate} −{self.days}"
