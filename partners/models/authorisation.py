"""Authorisation (授权): which product line, area and tier a partner may serve, and until when (R033, R105)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices import ServiceTier
from partners.models.partner import Partner
from partners.models.product import ProductLine
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet


class AuthorisationQuerySet(ScopedQuerySet):
    """Visible to whoever sees the partner."""

    def scope(self, actor: Actor) -> "AuthorisationQuerySet":
        return self.filter(partner__in=Partner.objects.visible_to(actor))


class Authorisation(models.Model):
    """One row a product line, area and tier; an empty area or tier means every one."""

    number = models.CharField(_("Authorisation number"), max_length=60, unique=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="authorisations", verbose_name=_("Partner"))
    product_line = models.ForeignKey(ProductLine, models.PROTECT, verbose_name=_("Product line"))
    region = models.CharField(_("Region"), max_length=60, blank=True, help_text=_("Empty means every region."))
    tier = models.CharField(
        _("Service tier"), max_length=12, blank=True, choices=ServiceTier.choices, help_text=_("Empty means all tiers.")
    )
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))

    history = HistoricalRecords()
    objects = AuthorisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("authorisation")
        verbose_name_plural = _("authorisations")
        ordering = ["partner", "product_line", "region", "tier", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="authorisation_ends_after_it_begins",
                violation_error_message=_("An authorisation cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.number
