"""Outlet (服务网点): where a partner serves, what it covers and for which product lines (R182)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models.partner import Partner
from partners.models.product import ProductLine
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.kernel.phone import wrong_phone
from portal.worktime.models import Calendar


class OutletQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "OutletQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor)
        if actor.is_partner:
            return self.filter(partner__organisation_id=actor.organisation_id)
        return self.none()


class Outlet(models.Model):
    """One service outlet of a partner."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="outlets", verbose_name=_("Partner"))
    code = models.CharField(_("Outlet code"), max_length=32, unique=True)
    name = models.CharField(_("Outlet name"), max_length=120)
    region = models.CharField(_("Region"), max_length=60)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    coverage = models.JSONField(_("Coverage area"), default=list, blank=True, help_text=_("Regions that it serves."))
    product_lines = models.ManyToManyField(ProductLine, blank=True, verbose_name=_("Product lines"))
    tiers = models.JSONField(_("Service tiers"), default=list, blank=True)
    capacity = models.PositiveIntegerField(_("Open tickets at most"), default=200)
    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        to_field="code",
        db_column="calendar",
        null=True,
        blank=True,
        related_name="outlets",
        limit_choices_to={"edition__gt": 0},
        verbose_name=_("Working calendar"),
        help_text=_("Empty: the calendar of the partner."),
    )
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = OutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The telephone number, if given, must look like one."""
        super().clean()
        if errors := wrong_phone(self.phone):
            raise ValidationError(errors)
