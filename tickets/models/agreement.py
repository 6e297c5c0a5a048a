"""Versions of a customer's service agreement: parties, product, term, its own service levels (R184–R191)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices import ServiceTier
from partners.choices.contract import LevelCategory, LevelKind, LevelUnit
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from tickets.choices.agreement import AgreementState, PartySide
from tickets.models.customer import ServiceAgreement


class AgreementVersionQuerySet(ScopedQuerySet):
    """Visible with the agreement; partners see the signed ones."""

    def scope(self, actor: Actor) -> "AgreementVersionQuerySet":
        rows = self.filter(agreement__in=ServiceAgreement.objects.visible_to(actor))
        return rows.filter(state=AgreementState.SIGNED) if actor.is_partner else rows


class AgreementVersion(models.Model):
    """What the agreement says from `valid_from` on; a signed version is never changed."""

    agreement = models.ForeignKey(
        ServiceAgreement, models.PROTECT, related_name="versions", verbose_name=_("Service agreement")
    )
    number = models.PositiveSmallIntegerField(_("Version"))
    state = models.CharField(
        _("State"), max_length=10, choices=AgreementState.choices, default=AgreementState.DRAFT, editable=False
    )
    reason = models.CharField(_("Reason of this version"), max_length=300, blank=True)
    tier = models.CharField(_("Service tier"), max_length=12, choices=ServiceTier.choices)
    product_name = models.CharField(_("Product name"), max_length=120, blank=True)
    contract_number = models.CharField(_("Contract number"), max_length=60, blank=True)
    warranty_from = models.DateField(_("Warranty from"), null=True, blank=True)
    warranty_until = models.DateField(_("Warranty until"), null=True, blank=True)
    valid_from = models.DateField(_("Binds from"))
    valid_until = models.DateField(_("Valid until"))
    inspection_months = models.PositiveSmallIntegerField(_("Periodic inspection every … months"), null=True, blank=True)
    cycles_add_up = models.BooleanField(
        _("Cycles add up"),
        default=False,
        help_text=_("After a reopening the resolution has only what the earlier cycles left of its limit."),
    )
    signed_on = models.DateField(_("Date of signing"), null=True, blank=True, editable=False)
    signed_at = models.CharField(_("Place of signing"), max_length=80, blank=True, editable=False)
    author = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=pgettext_lazy("draft", "Written by"),
    )

    history = HistoricalRecords()
    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement version")
        verbose_name_plural = _("agreement versions")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "number"],
                name="agreement_version_once",
                violation_error_message=_(
                    "This number is taken by another version: open the page again, and the next free one is given."
                ),
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=models.Q(state="draft"),
                name="agreement_one_draft",
                violation_error_message=_("Another version of this agreement is being written: finish that one first."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="agreement_version_ends_after_it_begins",
                violation_error_message=_("An agreement cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} · v{self.number}"

    def become(self, state: AgreementState) -> None:
        """Only `tickets.actions.agreement` calls this; it asks and journals."""
        self.state = state


class OfVersionQuerySet(ScopedQuerySet):
    """Visible with its version."""

    def scope(self, actor: Actor) -> "OfVersionQuerySet":
        return self.filter(version__in=AgreementVersion.objects.visible_to(actor))


class AgreementParty(models.Model):
    """One of the two parties as it stands in the agreement (R184, R185)."""

    version = models.ForeignKey(
        AgreementVersion, models.CASCADE, related_name="parties", verbose_name=_("agreement version")
    )
    side = models.CharField(_("Side"), max_length=10, choices=PartySide.choices)
    name = models.CharField(_("Name"), max_length=120)
    code = models.CharField(_("Credit code or ID number"), max_length=30, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=60, blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=60, blank=True)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)

    history = HistoricalRecords()
    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["version", "side"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "side"],
                name="agreement_party_once",
                violation_error_message=_("Each side stands once in an agreement."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class AgreementLine(models.Model):
    """A service level of its own: what is limited, how, in place of which clause of the standard."""

    version = models.ForeignKey(
        AgreementVersion, models.CASCADE, related_name="lines", verbose_name=_("agreement version")
    )
    number = models.CharField(_("Clause number"), max_length=20)
    text = models.TextField(_("Wording"))
    level = models.CharField(_("Limit of"), max_length=20, choices=LevelKind.choices)
    category = models.CharField(
        _("Problem type"), max_length=16, choices=LevelCategory.choices, blank=True, help_text=_("Empty means all.")
    )
    limit = models.PositiveIntegerField(_("Time limit"), validators=[MinValueValidator(1)])
    unit = models.CharField(_("Unit"), max_length=12, choices=LevelUnit.choices)
    replaces = models.CharField(
        _("In place of the standard's clause"),
        max_length=40,
        blank=True,
        help_text=_("Such as R200. Empty: it stands beside the standard, and the stricter limit holds."),
    )

    history = HistoricalRecords()
    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("service level")
        verbose_name_plural = _("service levels")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="agreement_line_once",
                violation_error_message=_("This version has a clause of that number already."),
            ),
            models.CheckConstraint(condition=models.Q(limit__gte=1), name="agreement_line_has_a_limit"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_level_display()}"
