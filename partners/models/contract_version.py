"""Versions of a contract and their clauses as data: an amendment is a new version, the old one stays (R031, R038)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices import ServiceTier
from partners.choices.contract import (
    ClauseKind,
    IncentiveKind,
    LevelCategory,
    LevelKind,
    LevelUnit,
    PenaltyBasis,
    VersionKind,
    VersionState,
)
from partners.models.contract import PartnerContract
from partners.models.product import ProductLine
from partners.rules.contract import foreign, needs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet


class ContractVersionQuerySet(ScopedQuerySet):
    """Visible with the contract; partners see what was laid before them to sign, not drafts of the brand."""

    def scope(self, actor: Actor) -> "ContractVersionQuerySet":
        rows = self.filter(contract__in=PartnerContract.objects.visible_to(actor))
        hidden = (VersionState.DRAFT, VersionState.LEGAL_REVIEW, VersionState.WITHDRAWN)
        return rows.exclude(state__in=hidden) if actor.is_partner else rows


class ContractVersion(models.Model):
    """What the contract says from `valid_from` on. Only a draft is written; what was signed is never changed."""

    contract = models.ForeignKey(
        PartnerContract, models.PROTECT, related_name="versions", verbose_name=_("Partner contract")
    )
    number = models.PositiveSmallIntegerField(_("Version"))
    kind = models.CharField(_("Kind"), max_length=10, choices=VersionKind.choices, default=VersionKind.FIRST)
    state = models.CharField(_("State"), max_length=14, choices=VersionState.choices, default=VersionState.DRAFT)
    reason = models.CharField(_("Reason of this version"), max_length=300, blank=True)
    tier = models.CharField(_("Service tier"), max_length=12, choices=ServiceTier.choices)
    product_lines = models.ManyToManyField(ProductLine, blank=True, verbose_name=_("Product lines"))
    valid_from = models.DateField(_("Binds from"))
    valid_until = models.DateField(_("Valid until"))
    author = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("draft", "Written by"),
        editable=False,
    )
    reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Reviewed by"), editable=False
    )
    opinion = models.TextField(_("Opinion of the legal department"), blank=True)
    signed_on = models.DateField(_("Date of signing"), null=True, blank=True)
    signed_at = models.CharField(_("Place of signing"), max_length=80, blank=True)

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = ContractVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract version")
        verbose_name_plural = _("contract versions")
        ordering = ["contract", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "number"],
                name="contract_version_once",
                violation_error_message=_(
                    "This number is taken by another version: open the page again, and the next free one is given."
                ),
            ),
            models.UniqueConstraint(
                fields=["contract"],
                condition=models.Q(state__in=["draft", "legal_review", "cleared"]),
                name="contract_one_version_in_the_making",
                violation_error_message=_("Another version of this contract is being written: finish that one first."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="contract_version_ends_after_it_begins",
                violation_error_message=_("A contract cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract} · v{self.number}"

    def become(self, state: VersionState) -> None:
        """Only `partners.actions` call this; they ask and journal."""
        self.state = state


class ContractClauseQuerySet(ScopedQuerySet):
    """Visible with its version."""

    def scope(self, actor: Actor) -> "ContractClauseQuerySet":
        return self.filter(version__in=ContractVersion.objects.visible_to(actor))


class ContractClause(models.Model):
    """One clause: number, title and words, and by its kind the figures that the portal reckons with."""

    version = models.ForeignKey(
        ContractVersion, models.PROTECT, related_name="clauses", verbose_name=_("Contract version")
    )
    code = models.CharField(
        _("Clause code"),
        max_length=100,
        unique=True,
        editable=False,
        help_text=_("Contract number / version / clause number, such as HZ-2026-001/1/5.2."),
    )
    number = models.CharField(_("Clause number"), max_length=20)
    kind = models.CharField(_("Kind"), max_length=16, choices=ClauseKind.choices)
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(_("Wording"))
    level = models.CharField(_("Limit of"), max_length=20, choices=LevelKind.choices, blank=True)
    category = models.CharField(
        _("Problem type"), max_length=16, choices=LevelCategory.choices, blank=True, help_text=_("Empty means all.")
    )
    limit = models.PositiveIntegerField(
        _("Time limit"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("A whole number.")
    )
    unit = models.CharField(_("Unit"), max_length=12, choices=LevelUnit.choices, blank=True)
    replaces = models.CharField(
        _("In place of the standard's clause"),
        max_length=40,
        blank=True,
        help_text=_("Such as R200. Empty: it stands beside the standard, and the stricter limit holds."),
    )
    basis = models.CharField(_("Reckoned by"), max_length=20, choices=PenaltyBasis.choices, blank=True)
    rate = models.DecimalField(
        pgettext_lazy("penalty", "Rate"),
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Yuan, or percent where the basis says so."),
    )
    cap = models.DecimalField(
        _("At most (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    incentive = models.CharField(_("Incentive"), max_length=10, choices=IncentiveKind.choices, blank=True)
    quarters = models.PositiveSmallIntegerField(
        _("Quarters on target in a row"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    history = HistoricalRecords()
    objects = ContractClauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["version", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="contract_clause_number_once",
                violation_error_message=_("This version has a clause of that number already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="service_level")
                | (models.Q(limit__gte=1) & ~models.Q(level="") & ~models.Q(unit="")),
                name="service_level_clause_has_a_limit",
                violation_error_message=_("A service level needs what it limits, a number and a unit."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="penalty") | (models.Q(rate__gte=0) & ~models.Q(basis="")),
                name="penalty_clause_has_a_rate",
                violation_error_message=_("A penalty needs its basis and its rate."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def clean(self) -> None:
        """Each kind fills its own fields and no others (R031)."""
        super().clean()
        errors = {}
        for name in needs(self.kind, self.incentive):
            if getattr(self, name) in (None, ""):
                errors[name] = ValidationError(_("A clause of this kind needs this."))
        for name in foreign(self.kind):
            if getattr(self, name) not in (None, ""):
                errors[name] = ValidationError(_("A clause of this kind has no such figure: leave it empty."))
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The code follows from where the clause stands."""
        self.code = f"{self.version.contract.number}/{self.version.number}/{self.number}"
        super().save(*args, **kwargs)

    @property
    def names_fee(self) -> bool:
        """Whether its rate is percent of a sum."""
        percent = (PenaltyBasis.PERCENT_OF_FEE, PenaltyBasis.PERCENT_OF_QUARTER)
        return self.incentive == IncentiveKind.REBATE or self.basis in percent
