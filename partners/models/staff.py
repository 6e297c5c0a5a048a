"""Staff of an outlet, and who of them may be dispatched (R115, R173, R175)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices import Post
from partners.models.outlet import Outlet
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
                certificates__revoked_at=None,
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
