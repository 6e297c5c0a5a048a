"""PartnerContract (合作协议): the terms between brand and partner (R031)."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices import ContractState, ServiceTier
from partners.models.partner import Partner
from partners.models.product import ProductLine
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet, in_regions


class PartnerContractQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "PartnerContractQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "partner__region")
        if actor.is_partner:
            return self.filter(partner__organisation_id=actor.organisation_id)
        return self.none()


class PartnerContract(models.Model):
    """A contract with the tier, lines and term that bind now; its words stand in its versions and their clauses."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="contracts", verbose_name=_("Partner"))
    number = models.CharField(_("Contract number"), max_length=60, unique=True)
    tier = models.CharField(_("Service tier"), max_length=12, choices=ServiceTier.choices)
    product_lines = models.ManyToManyField(ProductLine, blank=True, verbose_name=_("Product lines"))
    signed_on = models.DateField(_("Date of signing"), null=True, blank=True)
    signed_at = models.CharField(_("Place of signing"), max_length=80, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    ended_on = models.DateField(_("Ended on"), null=True, blank=True, editable=False)
    state = models.CharField(_("State"), max_length=12, choices=ContractState.choices, default=ContractState.DRAFT)

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = PartnerContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner contract")
        verbose_name_plural = _("partner contracts")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="contract_ends_after_it_begins",
                violation_error_message=_("A contract cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def last_day(self) -> date:
        """The last day on which it binds."""
        return min(self.ended_on, self.valid_until) if self.ended_on else self.valid_until

    def become(self, state: ContractState) -> None:
        """Only `partners.actions` call this; they ask and journal."""
        self.state = state
