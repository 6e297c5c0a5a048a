"""Quarterly reports (售后服务季度报告, R219) as made, with what proves them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Partner
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.kernel.choices import ColouredChoices
from portal.workflow.background import MadeInBackground
from tickets.choices import CustomerKind
from tickets.models import Customer


class ReportScope(models.TextChoices):
    """Whom a report is about."""

    PARTNER = "partner", _("Partner")
    CUSTOMER = "customer", _("Customer")
    BRAND = "brand", _("Whole brand")


class ReportState(ColouredChoices):
    """How far the making has come."""

    QUEUED = "queued", "secondary", _("Queued")
    RUNNING = "running", "blue", _("Being made")
    READY = "ready", "green", _("Ready")
    FAILED = "failed", "red", _("Failed")


class ReportQuerySet(ScopedQuerySet):
    """Brand and auditors see all reports; a partner his own."""

    def scope(self, actor: Actor) -> "ReportQuerySet":
        if (actor.is_brand or actor.is_auditor) and not actor.regions:
            return self.all()
        if actor.is_brand or actor.is_auditor:
            return self.filter(
                models.Q(partner__region__in=actor.regions) | models.Q(customer__region__in=actor.regions)
            )
        if actor.is_partner:
            return self.filter(partner__organisation_id=actor.organisation_id)
        return self.none()


class QuarterlyReport(MadeInBackground):
    """One PDF for one scope and quarter; made again it is a new row, the old one stays."""

    quarter = models.CharField(_("Quarter"), max_length=6)
    scope = models.CharField(_("Scope"), max_length=10, choices=ReportScope.choices)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, blank=True, verbose_name=_("Partner"))
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, blank=True, verbose_name=_("Customer"))
    state = models.CharField(_("State"), max_length=10, choices=ReportState.choices, default=ReportState.QUEUED)
    file = models.CharField(max_length=200, blank=True)
    size = models.PositiveIntegerField(_("Size in bytes"), default=0)
    pages = models.PositiveSmallIntegerField(_("Pages"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    code = models.CharField(_("Verification code"), max_length=24, unique=True)
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Requested by")
    )
    requested_at = models.DateTimeField(_("Requested at"))
    language = models.CharField(_("Language"), max_length=10, default="zh-hans")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("quarterly report")
        verbose_name_plural = _("quarterly reports")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["quarter", "state"], name="report_of_quarter")]

    def __str__(self) -> str:
        return f"{self.quarter} · {self.subject_name}"

    @property
    def printed_code(self) -> str:
        """The verification code as it stands on paper, in groups of four."""
        return "-".join(self.code[n : n + 4] for n in range(0, len(self.code), 4))

    @property
    def file_name(self) -> str:
        """What a download is called; the quarter and the code keep it apart from its sisters."""
        subject = self.partner or self.customer
        return f"{self.quarter}-{subject.code if subject else self.scope}.pdf"

    @property
    def public_name(self) -> str:
        """The subject for strangers: of a customer who is a person only the first letter (spec/roles.md)."""
        if self.customer and self.customer.kind == CustomerKind.PERSON:
            return f"{self.customer.name[:1]}**"
        return self.subject_name

    @property
    def subject_name(self) -> str:
        """Whom the report is about, in words."""
        return str(self.partner or self.customer or self.get_scope_display())
