"""Diagnostic tools of the brand, and what of them is opened to which partner until when (R020)."""

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.tool_grant import GrantStanding, GrantState, RiskClass, ToolFunction
from partners.models.partner import Partner
from partners.models.product import ProductLine, ProductModel
from partners.models.staff import Staff
from partners.models.tool import CatalogueQuerySet
from partners.rules.tool_grant import Scope, standing_of
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.words import joined


class DiagnosticTool(models.Model):
    """One tool of the brand: what it can do, for which product lines, and how it is reached."""

    code = models.CharField(_("Tool code"), max_length=32, unique=True)
    name = models.CharField(_("Diagnostic tool"), max_length=120)
    address = models.CharField(
        _("Web address"),
        max_length=300,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
        help_text=_("Shown only to whoever opens it under a grant."),
    )
    how = models.TextField(
        _("How it is reached"), blank=True, help_text=_("For example where the program is, and how one signs in.")
    )
    functions = models.JSONField(_("Functions"), default=list)
    product_lines = models.ManyToManyField(
        ProductLine,
        blank=True,
        related_name="diagnostic_tools",
        verbose_name=_("Product lines"),
        help_text=_("None chosen: every product line."),
    )
    risk = models.CharField(_("Risk class"), max_length=8, choices=RiskClass.choices, default=RiskClass.LOW)
    active = models.BooleanField(pgettext_lazy("catalogue", "In the catalogue"), default=True)

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagnostic tool")
        verbose_name_plural = _("diagnostic tools")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """At least one function, a way to reach it, and a web address that a browser may follow."""
        super().clean()
        errors = {}
        if not self.functions or any(name not in ToolFunction.values for name in self.functions):
            errors["functions"] = ValidationError(_("Choose at least one of the functions that are offered."))
        if not self.address and not self.how.strip():
            errors["how"] = ValidationError(_("Give a web address, or say how it is reached."))
        if errors:
            raise ValidationError(errors)


class ToolGrantQuerySet(ScopedQuerySet):
    """Brand by region; manager and dispatcher their partner's; a technician what names him, or everybody."""

    def scope(self, actor: Actor) -> "ToolGrantQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "partner__region")
        if not actor.is_partner:
            return self.none()
        own = self.filter(partner__organisation_id=actor.organisation_id)
        if actor.role != Role.TECHNICIAN:
            return own
        # Subqueries: no row comes twice, and nothing has to be made distinct.
        me = Staff.objects.filter(user_id=actor.user_id).values("pk")
        named = self.model.people.through.objects.filter(staff__in=me).values("toolgrant")
        anybody = ~models.Exists(self.model.people.through.objects.filter(toolgrant=models.OuterRef("pk")))
        return own.filter(models.Q(pk__in=named) | anybody | models.Q(asked_by=actor.user_id))


class ToolGrant(models.Model):
    """One tool for one partner, or for named people of his: scope, term, conditions, and who decided."""

    number = models.CharField(_("Grant number"), max_length=40, unique=True)
    tool = models.ForeignKey(DiagnosticTool, models.PROTECT, related_name="grants", verbose_name=_("Diagnostic tool"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="tool_grants", verbose_name=_("Partner"))
    people = models.ManyToManyField(
        Staff,
        blank=True,
        related_name="tool_grants",
        verbose_name=_("For these people"),
        help_text=_("None chosen: every certified technician of the partner."),
    )
    functions = models.JSONField(_("Functions"), default=list)
    product_lines = models.ManyToManyField(
        ProductLine, blank=True, verbose_name=_("Product lines"), help_text=_("None chosen: those of the tool.")
    )
    product_models = models.ManyToManyField(
        ProductModel, blank=True, verbose_name=_("Product models"), help_text=_("None chosen: every model.")
    )
    state = models.CharField(_("State"), max_length=10, choices=GrantState.choices, default=GrantState.ASKED)
    valid_from = models.DateField(_("Valid from"), null=True, blank=True)
    valid_until = models.DateField(_("Valid until"), null=True, blank=True)
    conditions = models.TextField(_("Conditions"), blank=True)
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Asked by")
    )
    asked_at = models.DateTimeField(_("Asked at"), null=True, blank=True)
    reason = models.TextField(_("Reason of the request"), blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Decided by")
    )
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    decision = models.TextField(_("Reason of the decision"), blank=True)
    withdrawn_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Withdrawn by")
    )
    withdrawn_at = models.DateTimeField(pgettext_lazy("tool grant", "Withdrawn at"), null=True, blank=True)
    withdrawal = models.TextField(_("Reason of the withdrawal"), blank=True)

    history = HistoricalRecords(m2m_fields=[people, product_lines, product_models])
    objects = ToolGrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant of a diagnostic tool")
        verbose_name_plural = _("grants of diagnostic tools")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["partner", "state", "valid_until"], name="tool_grant_of_partner")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="tool_grant_ends_after_it_begins",
                violation_error_message=_("A grant cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=GrantState.GRANTED)
                | models.Q(valid_from__isnull=False, valid_until__isnull=False),
                name="tool_grant_has_term",
                violation_error_message=_("A grant says from when until when it holds."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state=GrantState.WITHDRAWN) | ~models.Q(withdrawal=""),
                name="tool_grant_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.tool.name}"

    def become(self, state: GrantState) -> None:
        """Only `partners.actions.tool_grant` calls this; it asks and journals."""
        self.state = state

    @property
    def standing(self) -> GrantStanding:
        """How it stands today."""
        return standing_of(self.state, self.valid_from, self.valid_until, clock.today())

    @property
    def function_labels(self) -> list[str]:
        """The functions in words."""
        return [str(ToolFunction(name).label) for name in self.functions if name in ToolFunction.values]

    @property
    def function_names(self) -> str:
        """The functions in one line, joined as the language joins."""
        return joined(self.function_labels)

    @property
    def open_functions(self) -> list[str]:
        """What was granted and what the tool still does."""
        return [name for name in self.functions if name in self.tool.functions]

    def covers(self) -> Scope:
        """What it covers, as the rules read it."""
        lines = [row.pk for row in self.product_lines.all()] or [row.pk for row in self.tool.product_lines.all()]
        return Scope(
            self.state,
            self.valid_from,
            self.valid_until,
            frozenset(lines),
            frozenset(row.code for row in self.product_models.all()),
            frozenset(self.open_functions),
            frozenset(row.pk for row in self.people.all()),
            self.tool.active,
        )


class GrantWarning(models.Model):
    """That partner and people were told of the end: each limit once."""

    grant = models.ForeignKey(ToolGrant, models.CASCADE, related_name="warnings")
    days = models.SmallIntegerField(_("Days before the end"))
    warned_at = models.DateTimeField(_("Warned at"))

    class Meta:
        verbose_name = _("grant warning")
        verbose_name_plural = _("grant warnings")
        constraints = [models.UniqueConstraint(fields=["grant", "days"], name="tool_grant_warned_once")]

    def __str__(self) -> str:
        return f"{self.grant} −{self.days}"
