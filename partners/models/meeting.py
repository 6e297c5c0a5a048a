"""Meetings of brand and partners: the cycles that owe them, the meetings, the invitations (R041, R076, R225)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.meeting import Answer, Cadence, MeetingKind, MeetingState, MinutesReply
from partners.models.cooperation import CooperationPlan, GroupMember
from partners.models.partner import Partner
from partners.rules import meeting as rules
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from portal.kernel import clock


class CycleQuerySet(ScopedQuerySet):
    """The brand's own calendar; of limited regions with what concerns everybody."""

    def scope(self, actor: Actor) -> "CycleQuerySet":
        if actor.is_brand or actor.is_auditor:
            mine = models.Q(partner__isnull=True) | models.Q(partner__region__in=actor.regions)
            return self.filter(mine) if actor.regions else self.all()
        return self.none()


class MeetingCycle(models.Model):
    """Which meeting is owed how often, to whom; who prepares it."""

    kind = models.CharField(_("Kind"), max_length=10, choices=MeetingKind.choices, default=MeetingKind.JOINT)
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="cycles", verbose_name=_("Partner"),
        help_text=_("Empty: all partners together; not for joint meetings."),
    )  # fmt: skip
    plan = models.ForeignKey(
        CooperationPlan, models.PROTECT, null=True, blank=True, related_name="cycles",
        verbose_name=_("Cooperation plan"), help_text=_("Where the meeting is about one plan."),
    )  # fmt: skip
    months = models.PositiveSmallIntegerField(_("How often"), choices=Cadence.choices, default=Cadence.QUARTERLY)
    since = models.DateField(_("Since"), help_text=_("The period in which this day lies is the first one."))
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Prepares the meetings"))
    place = models.CharField(_("Place or link"), max_length=200, blank=True)
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords()
    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting cycle")
        verbose_name_plural = _("meeting cycles")
        ordering = ["kind", "partner", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=MeetingKind.JOINT) | models.Q(partner__isnull=False),
                name="joint_meetings_have_a_partner",
                violation_error_message=_("A joint meeting is held with one partner: say with which."),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=MeetingKind.SUMMIT) | models.Q(partner__isnull=True),
                name="the_summit_is_for_all",
                violation_error_message=_("All partners come to the summit: leave the partner empty."),
            ),
        ]

    def __str__(self) -> str:
        whose = self.partner.short_name if self.partner else _("All partners")
        return f"{self.get_kind_display()} · {whose}"

    def clean(self) -> None:
        """The standard says how often; a plan belongs to its partner (R041, R225)."""
        super().clean()
        verdict = rules.fits_kind(self.kind, self.months)
        if not verdict:
            raise ValidationError({"months": verdict.reason})
        if self.plan and self.plan.partner_id != self.partner_id:
            raise ValidationError({"plan": _("This plan belongs to another partner.")})


def _concerns(actor: Actor) -> models.Q:
    """The meetings that a person was asked to, or that his coordination group holds."""
    invited = Invitation.objects.filter(user=actor.user_id)
    today = clock.today()
    groups = GroupMember.objects.filter(user=actor.user_id, since__lte=today).filter(
        models.Q(until__isnull=True) | models.Q(until__gte=today)
    )
    return models.Q(pk__in=invited.values("meeting")) | models.Q(plan__in=groups.values("plan"))


class MeetingQuerySet(ScopedQuerySet):
    """The partner's manager, the group of its plan and whoever was invited; the brand by regions (R076, R077)."""

    def scope(self, actor: Actor) -> "MeetingQuerySet":
        joined = Meeting.partners.through.objects.all()
        if actor.is_brand or actor.is_auditor:
            mine = in_regions(joined, actor, "partner__region")
            return self.filter(pk__in=mine.values("meeting")) if actor.regions else self.all()
        if not actor.is_partner:
            return self.none()
        own = self.filter(pk__in=joined.filter(partner__organisation_id=actor.organisation_id).values("meeting"))
        return own if actor.role == Role.PARTNER_MANAGER else own.filter(_concerns(actor))


class Meeting(models.Model):
    """One meeting from the calendar to its minutes."""

    number = models.CharField(_("Meeting number"), max_length=24, unique=True, editable=False)
    kind = models.CharField(_("Kind"), max_length=10, choices=MeetingKind.choices, default=MeetingKind.JOINT)
    state = models.CharField(
        _("State"), max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED, editable=False
    )
    title = models.CharField(_("Title"), max_length=160)
    partners = models.ManyToManyField(Partner, related_name="meetings", verbose_name=_("Partners"))
    plan = models.ForeignKey(
        CooperationPlan, models.PROTECT, null=True, blank=True, related_name="meetings",
        verbose_name=_("Cooperation plan"),
    )  # fmt: skip
    cycle = models.ForeignKey(
        MeetingCycle, models.PROTECT, null=True, blank=True, related_name="meetings", editable=False,
        verbose_name=_("Meeting cycle"),
    )  # fmt: skip
    period = models.CharField(pgettext_lazy("meeting", "Period"), max_length=8, blank=True, editable=False)
    period_first = models.DateField(_("Figures from"))
    period_last = models.DateField(_("Figures until"))
    due_on = models.DateField(_("Owed until"), null=True, blank=True, editable=False)
    starts_at = models.DateTimeField(_("Begins at"))
    minutes_long = models.PositiveSmallIntegerField(_("Length in minutes"), default=120)
    place = models.CharField(_("Place or link"), max_length=200, blank=True)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Prepared by"))
    prepared_at = models.DateTimeField(_("Agenda filled at"), null=True, blank=True, editable=False)
    held_at = models.DateTimeField(_("Held at"), null=True, blank=True, editable=False)
    released_at = models.DateTimeField(_("Minutes released at"), null=True, blank=True, editable=False)
    replies_until = models.DateField(_("Corrections until"), null=True, blank=True, editable=False)

    history = HistoricalRecords(m2m_fields=[partners])
    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "period"],
                condition=~models.Q(state=MeetingState.CANCELLED) & models.Q(cycle__isnull=False),
                name="one_meeting_a_period",
                violation_error_message=_(
                    "The meeting of this period is in the calendar already: change that one, or cancel it first."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(period_last__gte=models.F("period_first")),
                name="meeting_figures_in_order",
                violation_error_message=_("The last day lies before the first one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def is_open(self) -> bool:
        """Not held and not cancelled."""
        return self.state in rules.OPEN

    @property
    def was_held(self) -> bool:
        return self.state in (MeetingState.HELD, MeetingState.RELEASED)

    @property
    def day(self) -> str:
        """When it begins, on the wall clock, for sheets."""
        return f"{clock.local(self.starts_at):%Y-%m-%d %H:%M}"

    @property
    def decided(self) -> str:
        """What was decided, one a line, for sheets."""
        rows = self.decisions.select_related("owner")
        return "\n".join(f"{row.text} · {row.owner or '—'} · {row.due_on or '—'}" for row in rows)

    @property
    def figures_until(self) -> date:
        """The last day whose figures stand on the agenda: none lies after the day on which it was filled (R225)."""
        if self.prepared_at is None:
            return self.period_last
        return max(self.period_first, min(self.period_last, clock.local(self.prepared_at).date()))

    def become(self, state: MeetingState) -> None:
        """Only `partners.actions.meeting` calls this; it asks and journals."""
        self.state = state


class OfMeeting(ScopedQuerySet):
    """What belongs to a meeting is visible with it."""

    def scope(self, actor: Actor) -> "OfMeeting":
        return self.filter(meeting__in=Meeting.objects.all().visible_to(actor).values("pk"))


class Invitation(models.Model):
    """One person asked to come: his answer, whether he was there, what he says to the minutes."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="invitations", verbose_name=_("Meeting"))
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Invited"))
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Partner")
    )
    answer = models.CharField(_("Answer"), max_length=10, choices=Answer.choices, default=Answer.OPEN)
    deputy = models.CharField(_("Deputy"), max_length=60, blank=True)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    answered_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    reminded_on = models.DateField(_("Reminded on"), null=True, blank=True)
    attended = models.BooleanField(_("Was there"), null=True, blank=True)
    reply = models.CharField(
        _("To the minutes"), max_length=14, choices=MinutesReply.choices, default=MinutesReply.OPEN
    )
    correction = models.TextField(_("Correction asked for"), blank=True)
    replied_at = models.DateTimeField(_("Answered at"), null=True, blank=True)
    correction_answer = models.TextField(_("Answer to the correction"), blank=True)

    history = HistoricalRecords()
    objects = OfMeeting.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["meeting", models.F("partner").asc(nulls_first=True), "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "user"],
                name="invited_once",
                violation_error_message=_("This person is invited already: choose somebody else."),
            ),
            models.CheckConstraint(
                condition=~models.Q(answer=Answer.DEPUTY) | ~models.Q(deputy=""),
                name="deputy_has_a_name",
                violation_error_message=_("Say who comes as deputy."),
            ),
        ]

    def __str__(self) -> str:
        return self.who

    @property
    def who(self) -> Any:
        """The person with his company; the deputy where he sends one."""
        home = self.partner.short_name if self.partner else _("Brand")
        name = self.deputy if self.answer == Answer.DEPUTY else self.user
        return f"{name} · {home}"
