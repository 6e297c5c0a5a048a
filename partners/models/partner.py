"""Partner (合作伙伴): an authorised party that serves the brand's customers (R105, R106)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices import ChannelType, Standing
from partners.rules import uscc
from partners.rules.standing import TABLE
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation
from portal.accounts.querysets import ScopedQuerySet
from portal.kernel.phone import wrong_phone
from portal.kernel.verdict import Verdict
from portal.worktime.models import Calendar


class PartnerQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "PartnerQuerySet":
        if actor.is_brand or actor.is_auditor:
            if actor.regions:
                return self.filter(
                    models.Q(region__in=actor.regions) | models.Q(outlets__region__in=actor.regions)
                ).distinct()
            return self.all()
        if actor.is_partner:
            return self.filter(organisation_id=actor.organisation_id)
        return self.none()


class Partner(models.Model):
    """A company with outlets and staff; its accounts belong to its organisation."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, verbose_name=_("Organisation"))
    code = models.CharField(_("Partner code"), max_length=32, unique=True)
    name = models.CharField(_("Partner name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40)
    channel_type = models.CharField(_("Channel type"), max_length=20, choices=ChannelType.choices)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    uscc_exception = models.CharField(
        _("Reason for an irregular credit code"),
        max_length=200,
        blank=True,
        help_text=_("Early pilot codes fail the check character: say here why this one is right."),
    )
    legal_representative = models.CharField(_("Legal representative"), max_length=60, blank=True)
    region = models.CharField(_("Region"), max_length=60)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=60, blank=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    standing = models.CharField(_("Standing"), max_length=20, choices=Standing.choices, default=Standing.ACTIVE)
    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        to_field="code",
        db_column="calendar",
        null=True,
        blank=True,
        related_name="partners",
        limit_choices_to={"edition__gt": 0},
        verbose_name=_("Working calendar"),
        help_text=_("Empty: the calendar of the brand."),
    )
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("Successor"),
        help_text=_("Who takes over the open tickets when the cooperation ends."),
    )
    since = models.DateField(_("Partner since"), null=True, blank=True)

    history = HistoricalRecords()
    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The credit code must be right, unless a reason is given (R184), and so must the telephone number."""
        super().clean()
        errors = wrong_phone(self.phone)
        if self.successor_id is not None and self.successor_id == self.pk:
            errors["successor"] = ValidationError(_("A partner cannot succeed itself."))
        if self.uscc:
            self.uscc = uscc.clean(self.uscc)
            verdict = self.uscc_verdict()
            if not verdict and not self.uscc_exception:
                errors["uscc"] = ValidationError(verdict.reason)
            twin = type(self).objects.filter(uscc=self.uscc).exclude(pk=self.pk).first()
            if twin is not None and not self.uscc_exception:
                errors["uscc"] = ValidationError(_("%(partner)s has this code already.") % {"partner": twin})
        if errors:
            raise ValidationError(errors)

    def uscc_verdict(self) -> Verdict:
        """Whether the credit code is right, and if not, what is wrong with it."""
        return uscc.check(self.uscc)

    @property
    def takes_new_tickets(self) -> bool:
        """Suspended and terminated partners get no new tickets."""
        return TABLE[self.standing].new
