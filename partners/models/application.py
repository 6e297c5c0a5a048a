"""PartnerApplication (申请): a company asks to become a partner, with its documents (R105, R106, R184)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices import ChannelType, ServiceTier
from partners.choices.application import ApplicationSource, ApplicationState
from partners.models.partner import Partner
from partners.models.product import ProductLine
from partners.rules import uscc
from partners.rules.application import OPEN
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.kernel.phone import wrong_phone


class ApplicationQuerySet(ScopedQuerySet):
    """For the brand and the auditor, by region; what nobody confirmed is nobody's work yet."""

    def scope(self, actor: Actor) -> "ApplicationQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self.exclude(state=ApplicationState.UNCONFIRMED), actor)
        return self.none()


class PartnerApplication(models.Model):
    """Who applies, for what, and what became of it; the steps stand in its journal."""

    number = models.CharField(_("Application number"), max_length=40, unique=True, editable=False)
    state = models.CharField(
        _("State"), max_length=14, choices=ApplicationState.choices, default=ApplicationState.SUBMITTED, editable=False
    )
    source = models.CharField(
        _("Entered by"),
        max_length=8,
        choices=ApplicationSource.choices,
        default=ApplicationSource.BRAND,
        editable=False,
    )
    name = models.CharField(_("Company name"), max_length=120)
    short_name = models.CharField(_("Short name"), max_length=40)
    channel_type = models.CharField(_("Channel type"), max_length=20, choices=ChannelType.choices)
    uscc = models.CharField(_("Unified social credit code"), max_length=18)
    uscc_exception = models.CharField(_("Reason for an irregular credit code"), max_length=200, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=60)
    region = models.CharField(_("Region"), max_length=60)
    address = models.CharField(_("Address"), max_length=200)
    contact_name = models.CharField(_("Contact person"), max_length=60)
    phone = models.CharField(_("Telephone"), max_length=32)
    email = models.EmailField(_("E-mail"))
    areas = models.JSONField(_("Areas applied for"), default=list)
    product_lines = models.ManyToManyField(ProductLine, verbose_name=_("Product lines"))
    tier = models.CharField(_("Service tier"), max_length=12, choices=ServiceTier.choices, default=ServiceTier.BASIC)
    note = models.TextField(_("About the company"), blank=True, max_length=4000)
    remark = models.TextField(_("Reason of the last decision"), blank=True, editable=False)
    endorsed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Endorsed by")
    )
    cleared_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("Cleared by")
    )
    partner = models.OneToOneField(
        Partner, models.PROTECT, null=True, related_name="application", editable=False, verbose_name=_("Partner")
    )
    language = models.CharField(_("Language"), max_length=10, default="zh-hans", editable=False)
    key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001  null spares rows
    created_at = models.DateTimeField(_("Received at"), editable=False)

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("partner application")
        verbose_name_plural = _("partner applications")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["uscc"],
                condition=models.Q(state__in=["submitted", "legal_review", "cleared", "returned"], uscc_exception=""),
                name="one_open_application_a_company",
                violation_error_message=_("An application with this credit code is being handled already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="approved") | models.Q(partner__isnull=False),
                name="approved_application_has_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.short_name}"

    def clean(self) -> None:
        """The credit code and the telephone number must be right, and no partner may have the code (R184)."""
        super().clean()
        errors = wrong_phone(self.phone)
        self.uscc = uscc.clean(self.uscc)
        verdict = uscc.check(self.uscc)
        if not verdict and not self.uscc_exception:
            errors["uscc"] = ValidationError(verdict.reason)
        elif not self.uscc_exception and Partner.objects.filter(uscc=self.uscc).exists():
            errors["uscc"] = ValidationError(_("This company is a partner already."))
        if errors:
            raise ValidationError(errors)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def become(self, state: ApplicationState) -> None:
        """Only `partners.actions.application` calls this; it asks and journals."""
        self.state = state


class ApplicationOutletQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "ApplicationOutletQuerySet":
        return self.filter(application__in=PartnerApplication.objects.visible_to(actor))


class ApplicationOutlet(models.Model):
    """An outlet that the applicant brings; approval makes it one of the network's (R182)."""

    application = models.ForeignKey(
        PartnerApplication, models.CASCADE, related_name="outlets", verbose_name=_("partner application")
    )
    name = models.CharField(_("Outlet name"), max_length=120)
    region = models.CharField(_("Region"), max_length=60)
    address = models.CharField(_("Address"), max_length=200)
    phone = models.CharField(_("Telephone"), max_length=32)

    history = HistoricalRecords()
    objects = ApplicationOutletQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet of an application")
        verbose_name_plural = _("outlets of the application")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The telephone number must look like one."""
        super().clean()
        if errors := wrong_phone(self.phone):
            raise ValidationError(errors)
