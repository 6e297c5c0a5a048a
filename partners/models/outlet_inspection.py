"""OutletInspection (网点检查): one visit to an outlet, item by item (R109–R114, R182, I05)."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import FSMField, FSMModelMixin
from simple_history.models import HistoricalRecords

from partners.choices.outlet_inspection import DONE, Grade, InspectionKind, InspectionState, Result
from partners.models.outlet import Outlet
from partners.models.outlet_inspection_draw import OutletDraw
from partners.models.outlet_inspection_list import CheckItem, CheckVersion
from partners.models.staff import Staff
from partners.rules import outlet_inspection as rules
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.verdict import Denied, Verdict


def of_partner(rows: Any, actor: Actor, way: str = "") -> Any:
    """A manager's own company, a dispatcher's own outlet if he has one; nothing for technicians. `way` leads there."""
    if actor.role not in rules.PARTNER_SIDE:
        return rows.none()
    rows = rows.filter(**{f"{way}outlet__partner__organisation_id": actor.organisation_id})
    mine = Staff.objects.filter(user_id=actor.user_id, active=True).values("outlet")
    if actor.role == Role.DISPATCHER:
        rows = rows.filter(models.Q(**{f"{way}outlet__in": mine}) | ~models.Exists(mine))
    for kind in (InspectionKind.MYSTERY, InspectionKind.RANDOM):
        rows = rows.exclude(**{f"{way}kind": kind, f"{way}state__in": rules.hidden_from_partner(kind)})
    return rows


class InspectionQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "InspectionQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "outlet__region")
        return of_partner(self, actor)


class OutletInspection(FSMModelMixin, models.Model):
    """From the plan to the last correction; a re-check names the inspection whose findings it looks at."""

    LOCKED_WITH = ("outlet__partner", "check_version")

    number = models.CharField(_("Inspection number"), max_length=40, unique=True)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="inspections", verbose_name=_("Outlet"))
    check_version = models.ForeignKey(
        CheckVersion, models.PROTECT, related_name="inspections", verbose_name=_("Check list version")
    )
    kind = models.CharField(_("Kind"), max_length=10, choices=InspectionKind.choices, default=InspectionKind.PLANNED)
    state = FSMField(
        _("State"),
        max_length=12,
        choices=InspectionState.choices,
        default=InspectionState.PLANNED,
        protected=True,
        db_index=True,
    )
    planned_on = models.DateField(_("Planned for"))
    inspector = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Inspector")
    )
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="re_checks", verbose_name=_("Re-check of")
    )
    draw = models.ForeignKey(
        OutletDraw, models.PROTECT, null=True, blank=True, related_name="inspections", verbose_name=_("Random draw")
    )
    note = models.CharField(_("Note"), max_length=500, blank=True)
    began_at = models.DateTimeField(pgettext_lazy("outlet inspection", "Begun at"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("Submitted at"), null=True, blank=True, db_index=True)
    closed_at = models.DateTimeField(pgettext_lazy("outlet inspection", "Closed at"), null=True, blank=True)
    score = models.DecimalField(_("Score"), max_digits=5, decimal_places=2, null=True, blank=True)
    core_failures = models.PositiveSmallIntegerField(_("Core items not passed"), default=0)
    grade = models.CharField(_("Grade"), max_length=10, choices=Grade.choices, blank=True)
    summary = models.TextField(_("Summary"), blank=True)
    representative = models.CharField(_("Present for the outlet"), max_length=60, blank=True)
    cancel_reason = models.CharField(
        pgettext_lazy("outlet inspection", "Reason of cancellation"), max_length=500, blank=True
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()
    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlet inspection")
        verbose_name_plural = _("outlet inspections")
        ordering = ["-planned_on", "-pk"]
        indexes = [models.Index(fields=["outlet", "submitted_at"], name="inspection_by_outlet")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=DONE) | models.Q(submitted_at__isnull=False),
                name="inspection_done_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=InspectionState.CANCELLED) | ~models.Q(cancel_reason=""),
                name="inspection_cancelled_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["origin"],
                condition=models.Q(state__in=[InspectionState.PLANNED, InspectionState.UNDER_WAY]),
                name="inspection_one_re_check",
                violation_error_message=_("A re-check is planned already: carry it out, or cancel it first."),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @rules.move("begin_inspection")
    def begin_inspection(self) -> None: ...

    @rules.move("assign_inspection")
    def assign_inspection(self) -> None: ...

    @rules.move("submit_inspection")
    def submit_inspection(self, state: InspectionState) -> InspectionState:
        return state

    @rules.move("close_inspection")
    def close_inspection(self) -> None: ...

    @rules.move("cancel_inspection")
    def cancel_inspection(self) -> None: ...

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    @property
    def submitted_on(self) -> date | None:
        """The day of submission in Asia/Shanghai."""
        return clock.local(self.submitted_at).date() if self.submitted_at else None

    @property
    def is_open(self) -> bool:
        return self.state in (InspectionState.PLANNED, InspectionState.UNDER_WAY)

    def verdict(self, actor: Actor, name: str) -> Verdict:
        """Whether this actor may make this step now."""
        asked = rules.may(actor.role, name, self.kind, self.state)
        if asked and name == "submit_inspection" and self.inspector_id not in (None, actor.user_id):
            return Denied(_("%(who)s carries out this inspection.") % {"who": self.inspector})
        return asked

    @staticmethod
    def transition_labels() -> list[tuple[str, Any]]:
        """Every step with its label."""
        return [(step.name, step.label) for step in rules.MOVES.values()]


class AnswerQuerySet(ScopedQuerySet):
    """Seen with the inspection; by the partner when it is handed in, of his own from the beginning."""

    def scope(self, actor: Actor) -> "AnswerQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "inspection__outlet__region")
        known = models.Q(inspection__state__in=DONE) | models.Q(inspection__kind=InspectionKind.SELF)
        return of_partner(self.filter(known), actor, "inspection__")


class OutletInspectionAnswer(models.Model):
    """What was found at one item; its photos are files of this row."""

    inspection = models.ForeignKey(
        OutletInspection, models.CASCADE, related_name="answers", verbose_name=_("outlet inspection")
    )
    item = models.ForeignKey(CheckItem, models.PROTECT, related_name="answers", verbose_name=_("Check item"))
    result = models.CharField(_("Result"), max_length=10, choices=Result.choices, blank=True)
    remark = models.TextField(_("What was found"), blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)

    history = HistoricalRecords()
    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("inspection answer")
        verbose_name_plural = _("inspection answers")
        ordering = ["inspection", "item__place", "item"]
        constraints = [models.UniqueConstraint(fields=["inspection", "item"], name="answer_once_an_item")]

    def __str__(self) -> str:
        return f"{self.inspection.number}/{self.item.number}"
