"""PolicyVersion with its lines and pauses: the service-level policy as data that a brand manager edits (R003, R042)."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices import ServiceTier
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.kernel.verdict import Verdict
from tickets import choices
from tickets.choices.sla_policy import CalendarOf, Evidence, LimitUnit, PolicyState
from tickets.models.customer import ServiceAgreement
from tickets.rules import sla_policy as rules
from tickets.rules.region import REGIONS
from tickets.rules.sla_policy.checking import warn_levels
from tickets.rules.sla_policy.deciding import DECISIONS, may_decide

S = PolicyState
_REVIEWED = (S.APPROVED, S.IN_FORCE)


class PolicyQuerySet(ScopedQuerySet):
    """The brand and the auditor read the policy; partners see its clauses on their tickets."""

    def scope(self, actor: Actor) -> "PolicyQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor else self.none()


class PolicyVersion(models.Model):
    """One version of the policy. Once approved its lines stay as they are: tickets run under them."""

    number = models.PositiveIntegerField(_("Version"), unique=True)
    title = models.CharField(_("Title"), max_length=120)
    note = models.TextField(_("What changes and why"), max_length=2000, blank=True)
    state = models.CharField(_("State"), max_length=12, choices=S.choices, default=S.DRAFT)
    version = models.PositiveIntegerField(default=1, editable=False)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Based on")
    )
    author = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Drafted by")
    )
    created_at = models.DateTimeField(_("Drafted at"))
    reviewer = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Reviewed by")
    )
    reviewed_at = models.DateTimeField(_("Reviewed at"), null=True, blank=True)
    remarks = models.TextField(_("Remarks of the legal department"), max_length=2000, blank=True)
    effective_on = models.DateField(_("Takes effect on"), null=True, blank=True)

    history = HistoricalRecords()
    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("service-level policy")
        verbose_name_plural = _("service-level policies")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=S.values), name="policy_state_exists"),
            models.CheckConstraint(
                condition=models.Q(state=S.IN_FORCE, effective_on__isnull=False)
                | (~models.Q(state=S.IN_FORCE) & models.Q(effective_on__isnull=True)),
                name="policy_in_force_has_a_day",
                violation_error_message=_("A version in force has the day on which it takes effect, no other has one."),
            ),
            models.UniqueConstraint(
                fields=["effective_on"],
                name="one_policy_a_day",
                violation_error_message=_("Another version takes effect on that day already: choose another day."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=_REVIEWED) | models.Q(reviewed_at__isnull=False),
                name="policy_was_reviewed",
                violation_error_message=_("The legal department has to review a version first."),
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer__isnull=True)
                | models.Q(author__isnull=True)
                | ~models.Q(reviewer=models.F("author")),
                name="policy_reviewer_is_another",
                violation_error_message=_("Nobody reviews a policy that he wrote himself."),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Version %(number)d · %(title)s") % {"number": self.number, "title": self.title}

    @property
    def is_draft(self) -> bool:
        return self.state == S.DRAFT

    def become(self, state: str) -> None:
        """Only the corridor calls this; it asks and journals."""
        self.state = state

    def verdict(self, actor: Actor, name: str) -> Verdict:
        """Whether this actor may take this step now (tickets.rules.sla_policy.deciding)."""
        return may_decide(actor, name, self.state, frozenset(filter(None, (self.author_id,))))

    @staticmethod
    def transition_labels() -> list[tuple[str, Any]]:
        """Every step with its label."""
        return [(name, decision.label) for name, decision in DECISIONS.items()]


class OfVersionQuerySet(ScopedQuerySet):
    """Visible to whoever sees the version."""

    def scope(self, actor: Actor) -> "OfVersionQuerySet":
        return self.filter(policy__in=PolicyVersion.objects.visible_to(actor))


class PolicyLine(models.Model):
    """One limit of one clause; what is left empty means every ticket (tickets.rules.sla_policy.PolicyLine)."""

    policy = models.ForeignKey(
        PolicyVersion, models.CASCADE, related_name="lines", verbose_name=_("service-level policy")
    )
    code = models.CharField(_("Line number"), max_length=16, unique=True)
    kind = models.CharField(_("Clock"), max_length=20, choices=choices.ClockKind.choices)
    category = models.CharField(_("Problem type"), max_length=16, choices=choices.Category.choices, blank=True)
    channel = models.CharField(_("Channel"), max_length=12, choices=choices.Channel.choices, blank=True)
    tier = models.CharField(_("Service tier"), max_length=12, choices=ServiceTier.choices, blank=True)
    region = models.CharField(_("Region"), max_length=60, blank=True)
    contract = models.CharField(_("Agreement number"), max_length=60, blank=True)
    limit = models.PositiveIntegerField(
        _("Limit value"), validators=[MinValueValidator(1, _("A limit is at least 1: leave the line out for none."))]
    )
    unit = models.CharField(_("Unit"), max_length=12, choices=LimitUnit.choices)
    clause = models.CharField(_("Clause"), max_length=60)
    clause_text = models.CharField(_("Words of the clause"), max_length=300, blank=True)
    replaces = models.CharField(
        _("Replaces clause"),
        max_length=60,
        blank=True,
        help_text=_("Number of the clause of the standard that this line stands in for; empty: it stands beside it."),
    )
    core = models.BooleanField(_("Core clause"), default=True, help_text=_("The same in every region."))
    calendar = models.CharField(
        _("Working time of"), max_length=10, choices=CalendarOf.choices, default=CalendarOf.BRAND
    )
    warn_at = models.CharField(
        _("Warns at (%)"), max_length=40, blank=True, default="50, 80", help_text=_("Percentages of the limit, rising.")
    )

    history = HistoricalRecords()
    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a policy")
        verbose_name_plural = _("lines of policies")
        ordering = ["policy", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "kind", "category", "channel", "tier", "region", "contract", "clause"],
                name="policy_line_once",
                violation_error_message=_("The clause has a limit for such tickets already: change that line."),
            ),
            models.CheckConstraint(
                condition=models.Q(limit__gte=1),
                name="policy_limit_is_one",
                violation_error_message=_("A limit is at least 1: leave the line out for none."),
            ),
            models.CheckConstraint(condition=models.Q(unit__in=LimitUnit.values), name="policy_unit_exists"),
            models.CheckConstraint(condition=models.Q(kind__in=choices.ClockKind.values), name="policy_kind_exists"),
            models.CheckConstraint(condition=~models.Q(clause=""), name="policy_clause_is_named"),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.get_kind_display()} · {self.clause}"

    def clean(self) -> None:
        errors = {}
        if self.region and self.region not in REGIONS:
            errors["region"] = gettext("“%s” is no region: write the whole name of the province.") % self.region
        if self.contract and not ServiceAgreement.objects.filter(number=self.contract).exists():
            errors["contract"] = gettext("There is no service agreement with the number “%s”.") % self.contract
        try:
            self.warn_at = ", ".join(map(str, warn_levels(self.warn_at)))
        except ValueError as error:
            errors["warn_at"] = str(error)
        if errors:
            raise ValidationError(errors)

    def as_rule(self) -> rules.PolicyLine:
        """The line as the clocks read it."""
        return rules.PolicyLine(
            self.kind,
            self.category or None,
            self.channel or None,
            self.tier or None,
            self.limit,
            self.unit,
            self.clause,
            warn_at=warn_levels(self.warn_at),
            region=self.region or None,
            contract=self.contract or None,
            core=self.core,
            calendar=self.calendar,
            clause_text=self.clause_text,
            replaces=self.replaces,
        )


class PolicyPause(models.Model):
    """What a version says of one reason of suspension (workflow.md, rule 5)."""

    policy = models.ForeignKey(
        PolicyVersion, models.CASCADE, related_name="pauses", verbose_name=_("service-level policy")
    )
    reason = models.CharField(_("Reason of suspension"), max_length=16, choices=choices.SuspendReason.choices)
    credited = models.BooleanField(_("Stops the clock"), default=True)
    cap_hours = models.PositiveIntegerField(
        _("At most (hours)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("What one ticket is credited for this reason at most; empty: without end."),
    )
    roles = models.JSONField(
        _("Who may use it"), default=list, blank=True, help_text=_("None chosen: whoever may suspend a ticket.")
    )
    evidence = models.CharField(
        pgettext_lazy("suspension", "Evidence"), max_length=14, choices=Evidence.choices, blank=True
    )
    excuses_updates = models.BooleanField(
        _("Excuses daily entries"), default=False, help_text=_("A day waited through whole owes no entry of record 2.")
    )

    history = HistoricalRecords()
    objects = OfVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule of suspension")
        verbose_name_plural = _("rules of suspension")
        ordering = ["policy", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["policy", "reason"],
                name="policy_pause_once",
                violation_error_message=_("This reason stands in the version already: change its line."),
            ),
            models.CheckConstraint(
                condition=models.Q(cap_hours__isnull=True) | models.Q(cap_hours__gte=1), name="policy_cap_is_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy.number} · {self.get_reason_display()}"

    def as_rule(self) -> rules.PauseRule:
        """The rule as the clocks read it."""
        cap = timedelta(hours=self.cap_hours) if self.cap_hours else None
        return rules.PauseRule(
            self.reason, self.credited, cap, frozenset(self.roles), self.evidence, self.excuses_updates
        )
