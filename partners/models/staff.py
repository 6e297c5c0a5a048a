"""Staff of an outlet, and the certificates without which nobody is dispatched (R115, R173, R175)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices import Post
from partners.models.outlet import Outlet
from partners.models.product import ProductLine
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.kernel.phone import wrong_phone


class StaffQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "StaffQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "outlet__region")
        if actor.is_partner:
            return self.filter(outlet__partner__organisation_id=actor.organisation_id)
        return self.none()

    def certified_for(self, line_id: int | None, on: date) -> "StaffQuerySet":
        """People who hold a valid certificate of the line on that day; everybody where the line asks for none."""
        if line_id is None:
            return self
        return self.filter(
            models.Q(
                certificates__product_line_id=line_id,
                certificates__valid_from__lte=on,
                certificates__valid_until__gte=on,
            )
            | models.Q(outlet__product_lines__id=line_id, outlet__product_lines__needs_certificate=False)
        ).distinct()


class Staff(models.Model):
    """One person at one outlet; `user` is his account, if he has one."""

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="staff", verbose_name=_("Outlet"))
    user = models.OneToOneField(User, models.PROTECT, null=True, blank=True, verbose_name=_("User account"))
    number = models.CharField(_("Employee number"), max_length=32, unique=True)
    name = models.CharField(_("Full name"), max_length=60)
    post = models.CharField(_("Post"), max_length=20, choices=Post.choices)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    on_duty = models.BooleanField(_("On duty"), default=True)
    active = models.BooleanField(pgettext_lazy("person", "Active"), default=True)

    history = HistoricalRecords()
    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")
        ordering = ["number"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """An account of another organisation would open a door between partners (A10, A14)."""
        super().clean()
        errors = wrong_phone(self.phone)
        if self.user_id and self.outlet_id:
            home = self.outlet.partner.organisation_id
            if not self.user.membership_set.filter(active=True, organisation_id=home).exists():
                errors["user"] = ValidationError(_("This account does not belong to the outlet's partner."))
        if errors:
            raise ValidationError(errors)


class CertificateQuerySet(ScopedQuerySet):
    """A certificate is visible to whoever sees its holder."""

    def scope(self, actor: Actor) -> "CertificateQuerySet":
        return self.filter(staff__in=Staff.objects.visible_to(actor))


class Certificate(models.Model):
    """Proof that somebody passed the examination for a product line (R115)."""

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="certificates", verbose_name=_("Staff member"))
    product_line = models.ForeignKey(ProductLine, models.PROTECT, verbose_name=_("Product line"))
    number = models.CharField(_("Certificate number"), max_length=40, unique=True)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))

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
            )
        ]

    def __str__(self) -> str:
        return self.number
