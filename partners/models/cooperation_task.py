"""CooperationTask (任务): what somebody does until a day, from a plan, a meeting or a decision (R073, R076, R077)."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.cooperation import TaskState
from partners.models.cooperation import CooperationPlan
from partners.models.meeting import Meeting
from partners.models.meeting_paper import Decision
from partners.models.partner import Partner
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role


class TaskQuerySet(ScopedQuerySet):
    """Its owner, his company's manager and the brand; by region where the owner is a partner's."""

    def scope(self, actor: Actor) -> "TaskQuerySet":
        if actor.is_brand or actor.is_auditor:
            mine = Q(partner__isnull=True) | Q(partner__region__in=actor.regions)
            return self.filter(mine | Q(owner_id=actor.user_id)) if actor.regions else self.all()
        if actor.role == Role.PARTNER_MANAGER:
            return self.filter(partner__organisation_id=actor.organisation_id)
        if actor.is_partner:
            return self.filter(owner_id=actor.user_id, partner__organisation_id=actor.organisation_id)
        return self.none()

    def open(self) -> "TaskQuerySet":
        return self.filter(state=TaskState.OPEN)


class CooperationTask(models.Model):
    """One task with one owner and one day."""

    number = models.CharField(_("Task number"), max_length=24, unique=True, editable=False)
    state = models.CharField(
        _("State"), max_length=10, choices=TaskState.choices, default=TaskState.OPEN, editable=False
    )
    title = models.CharField(_("Task"), max_length=200)
    text = models.TextField(_("What is to be done"), blank=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="cooperation_tasks", verbose_name=_("Done by"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="cooperation_tasks", editable=False,
        verbose_name=_("Partner"), help_text=_("The company of whoever does it; empty for the brand."),
    )  # fmt: skip
    plan = models.ForeignKey(
        CooperationPlan, models.PROTECT, null=True, blank=True, related_name="tasks",
        verbose_name=_("Cooperation plan"),
    )  # fmt: skip
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("Meeting")
    )
    decision = models.OneToOneField(
        Decision, models.PROTECT, null=True, blank=True, related_name="task", editable=False,
        verbose_name=pgettext_lazy("meeting", "Decision"),
    )  # fmt: skip
    due_on = models.DateField(pgettext_lazy("task", "Due on"))
    first_due_on = models.DateField(_("First due on"), editable=False)
    given_at = models.DateTimeField(_("Given at"), editable=False)
    wanted_until = models.DateField(_("More time asked for until"), null=True, blank=True, editable=False)
    wanted_reason = models.CharField(_("Reason for more time"), max_length=300, blank=True, editable=False)
    wanted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("More time asked for by"),
    )  # fmt: skip
    result = models.TextField(_("Result"), blank=True, editable=False)
    done_at = models.DateTimeField(_("Done at"), null=True, blank=True, editable=False)
    told_level = models.CharField(max_length=8, blank=True, editable=False)

    history = HistoricalRecords()
    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation task")
        verbose_name_plural = _("cooperation tasks")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], condition=Q(state=TaskState.OPEN), name="open_tasks_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=TaskState.DONE) | (~Q(result="") & Q(done_at__isnull=False)),
                name="task_done_with_result",
                violation_error_message=_("A task is done with a result."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def from_what(self) -> Any:
        """The meeting or plan that it comes from."""
        return self.meeting or self.plan

    def become(self, state: TaskState) -> None:
        """Only `partners.actions.cooperation_task` calls this; it asks and journals."""
        self.state = state
