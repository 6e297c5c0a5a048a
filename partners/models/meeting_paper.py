"""What a meeting is about and what came of it: topics of partners, agenda with figures, decisions (R041, R076)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.meeting import TopicState
from partners.models.meeting import Meeting, OfMeeting
from partners.models.partner import Partner
from partners.rules.agenda import title_of
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions


class AgendaItem(models.Model):
    """One item: figures as they were known when it was filled, then what was said."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name=_("Meeting"))
    place = models.PositiveSmallIntegerField(_("Order"), default=0)
    #: Which section of figures fills it; empty: written by hand.
    source = models.CharField(_("Filled from"), max_length=40, blank=True, editable=False)
    #: Empty: as its section is called, in the language of the reader.
    title = models.CharField(_("Agenda item"), max_length=160, blank=True)
    note = models.TextField(_("What it is about"), blank=True)
    #: Code, value, value before, unit, which way is good; those of old carry words in place of the code.
    figures: Any = models.JSONField(_("Figures"), default=list, blank=True, editable=False)
    #: What was the case when it was filled, each row with the key of its partner; None: it was never filled so.
    rows: Any = models.JSONField(_("Rows of the section"), null=True, default=None, blank=True, editable=False)
    discussion = models.TextField(_("Discussion"), blank=True)

    history = HistoricalRecords()
    objects = OfMeeting.as_manager()

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        ordering = ["meeting", "place", "pk"]

    def __str__(self) -> str:
        return self.title or title_of(self.source)

    def clean(self) -> None:
        """Only what a section fills has a name without one being written."""
        super().clean()
        if not self.title.strip() and not self.source:
            raise ValidationError({"title": _("Give the item a name.")})


class Decision(models.Model):
    """What was decided, by whom it is done and until when; a press makes it a task."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions", verbose_name=_("Meeting"))
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions", verbose_name=_("Agenda item")
    )
    text = models.TextField(pgettext_lazy("meeting", "Decision"))
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Done by"),
        help_text=_("With a person and a day it becomes a task."),
    )  # fmt: skip
    due_on = models.DateField(pgettext_lazy("task", "Due on"), null=True, blank=True)

    history = HistoricalRecords()
    objects = OfMeeting.as_manager()

    class Meta:
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")
        ordering = ["meeting", "item__place", "pk"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:60]}…"


class TopicQuerySet(ScopedQuerySet):
    """A partner's own company, as far as the meeting is theirs to see; the brand by region."""

    def scope(self, actor: Actor) -> "TopicQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "partner__region")
        if actor.is_partner:
            own = self.filter(partner__organisation_id=actor.organisation_id)
            return own.filter(meeting__in=Meeting.objects.all().visible_to(actor).values("pk"))
        return self.none()


class Topic(models.Model):
    """A problem in executing the standard that a partner brings to a meeting, and what the brand says to it (R041)."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="topics", verbose_name=_("Meeting"))
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="topics", verbose_name=_("Partner"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=pgettext_lazy("opinion", "Author"))
    title = models.CharField(_("Title"), max_length=120)
    text = models.TextField(pgettext_lazy("topic", "Problem"))
    given_at = models.DateTimeField(_("Given at"))
    state = models.CharField(_("State"), max_length=10, choices=TopicState.choices, default=TopicState.OPEN)
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="topics", verbose_name=_("Agenda item")
    )
    answer = models.TextField(_("Answer"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Answered by")
    )

    history = HistoricalRecords()
    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic of a partner")
        verbose_name_plural = _("topics of partners")
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=TopicState.ANSWERED) | ~models.Q(answer=""),
                name="topic_answered_in_words",
                violation_error_message=_("An answer has words."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def become(self, state: TopicState) -> None:
        """Only `partners.actions.meeting_topic` calls this; it asks and journals."""
        self.state = state
