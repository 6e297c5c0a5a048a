"""CooperationPlan (合作计划书): goals, content, term and stage, with resources and group (R071–R078)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.cooperation import PlanStage, ResourceKind, Side
from partners.models.knowledge import Article
from partners.models.partner import Partner
from partners.models.standard_reply import OfPartner
from partners.rules import cooperation as rules
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet


def _person(words: Any, **options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=words, **options
    )


class CooperationPlan(models.Model):
    """What brand and partner want to reach together; it moves on when its stage has what it asks for."""

    number = models.CharField(_("Plan number"), max_length=40, unique=True)
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="plans", verbose_name=_("Partner"))
    title = models.CharField(_("Title"), max_length=160)
    content = models.TextField(_("What it is about"), blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    stage = models.CharField(
        _("Stage"), max_length=12, choices=PlanStage.choices, default=PlanStage.PLAN, editable=False
    )
    brand_agreed_at = models.DateTimeField(_("Agreed by the brand at"), null=True, blank=True, editable=False)
    brand_agreed_by = _person(_("Agreed for the brand by"), editable=False)
    partner_agreed_at = models.DateTimeField(_("Agreed by the partner at"), null=True, blank=True, editable=False)
    partner_agreed_by = _person(_("Agreed for the partner by"), editable=False)
    result = models.TextField(_("Effect of the service"), blank=True, editable=False)
    adjustment = models.TextField(_("What is adjusted"), blank=True, editable=False)
    lessons = models.TextField(_("What was learnt"), blank=True, editable=False)
    article = models.ForeignKey(
        Article, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("Knowledge article"),
    )  # fmt: skip
    ended_on = models.DateField(_("Ended on"), null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = OfPartner.as_manager()

    class Meta:
        verbose_name = _("cooperation plan")
        verbose_name_plural = _("cooperation plans")
        ordering = ["-valid_from", "number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="plan_ends_after_it_begins",
                violation_error_message=_("A plan cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=[PlanStage.PLAN, PlanStage.STOPPED])
                | models.Q(brand_agreed_at__isnull=False, partner_agreed_at__isnull=False),
                name="plan_agreed_by_both",
                violation_error_message=_("A plan is carried out after both sides agreed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_live(self) -> bool:
        return self.stage in rules.LIVE

    def become(self, stage: PlanStage) -> None:
        """Only `partners.actions.cooperation` calls this; it asks and journals."""
        self.stage = stage

    def facts(self) -> rules.PlanFacts:
        """What of it decides whether it may move on."""
        resources = [row.provided_on for row in self.resources.all()]
        sides = [row.side for row in self.members.all() if row.until is None]
        return rules.PlanFacts(
            stage=self.stage,
            brand_agreed=self.brand_agreed_at is not None,
            partner_agreed=self.partner_agreed_at is not None,
            content=self.content,
            goals=tuple(goal.facts() for goal in self.goals.all()),
            resources=len(resources),
            open_resources=resources.count(None),
            brand_members=sides.count(Side.BRAND),
            partner_members=sides.count(Side.PARTNER),
            result=self.result,
            lessons=self.lessons,
        )


class OfPlan(ScopedQuerySet):
    """What belongs to a plan is visible with it."""

    def scope(self, actor: Actor) -> "OfPlan":
        return self.filter(plan__in=CooperationPlan.objects.all().visible_to(actor).values("pk"))


class PlanGoal(models.Model):
    """One measurable goal: target, unit, due day, and what was achieved (R071, R079)."""

    plan = models.ForeignKey(CooperationPlan, models.CASCADE, related_name="goals", verbose_name=_("Cooperation plan"))
    number = models.CharField(_("Goal number"), max_length=44, unique=True, blank=True)
    what = models.CharField(_("Goal"), max_length=160)
    target = models.DecimalField(pgettext_lazy("goal", "Target"), max_digits=12, decimal_places=2)
    unit = models.CharField(_("Unit"), max_length=20)
    at_most = models.BooleanField(_("Lower is better"), default=False)
    due_on = models.DateField(pgettext_lazy("task", "Due on"))
    achieved = models.DecimalField(_("Achieved"), max_digits=12, decimal_places=2, null=True, blank=True)

    history = HistoricalRecords()
    objects = OfPlan.as_manager()

    class Meta:
        verbose_name = _("goal of a plan")
        verbose_name_plural = _("goals of plans")
        ordering = ["plan", "number"]

    def __str__(self) -> str:
        return self.what

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A goal without a number takes the next one of its plan."""
        if not self.number:
            taken = set(PlanGoal.objects.filter(plan=self.plan).values_list("number", flat=True))
            free = (n for n in range(1, len(taken) + 2) if f"{self.plan.number}-{n}" not in taken)
            self.number = f"{self.plan.number}-{next(free)}"
        super().save(*args, **kwargs)

    def facts(self) -> rules.GoalFacts:
        """What decides whether it was reached."""
        return rules.GoalFacts(self.target, self.achieved, self.at_most)


class PlanResource(models.Model):
    """Support, training or material that one side brings in by a day (R072)."""

    plan = models.ForeignKey(
        CooperationPlan, models.CASCADE, related_name="resources", verbose_name=_("Cooperation plan")
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=ResourceKind.choices, default=ResourceKind.SUPPORT)
    what = models.CharField(_("What"), max_length=200)
    side = models.CharField(_("Provided by"), max_length=8, choices=Side.choices, default=Side.BRAND)
    due_on = models.DateField(pgettext_lazy("task", "Due on"))
    provided_on = models.DateField(_("Provided on"), null=True, blank=True)

    history = HistoricalRecords()
    objects = OfPlan.as_manager()

    class Meta:
        verbose_name = _("resource of a plan")
        verbose_name_plural = _("resources of plans")
        ordering = ["plan", "due_on", "pk"]

    def __str__(self) -> str:
        return self.what


class GroupMember(models.Model):
    """A member of the coordination group (项目协调小组), of either side (R077)."""

    plan = models.ForeignKey(
        CooperationPlan, models.CASCADE, related_name="members", verbose_name=_("Cooperation plan")
    )
    side = models.CharField(pgettext_lazy("group", "Side"), max_length=8, choices=Side.choices, default=Side.BRAND)
    name = models.CharField(pgettext_lazy("person", "Name"), max_length=60)
    function = models.CharField(_("Function in the group"), max_length=80)
    phone = models.CharField(_("Telephone"), max_length=32, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Account"),
        help_text=_("Gets the messages of the plan and the invitations."),
    )  # fmt: skip
    since = models.DateField(_("Member since"))
    until = models.DateField(_("Member until"), null=True, blank=True)

    history = HistoricalRecords()
    objects = OfPlan.as_manager()

    class Meta:
        verbose_name = _("member of a coordination group")
        verbose_name_plural = _("coordination groups")
        ordering = ["plan", "side", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gte=models.F("since")),
                name="member_leaves_after_joining",
                violation_error_message=_("Nobody leaves the group before he joined it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} · {self.function}"
