"""Forms of meetings: calendar, invitations, minutes, topics; the same for the admin and the partner's pages."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from partners.actions import meeting as actions
from partners.actions import meeting_minutes, meeting_topic
from partners.choices.meeting import Answer, MeetingKind, MinutesReply
from partners.forms.cooperation import RowForm, named, words_field
from partners.models import AgendaItem, CooperationPlan, Invitation, Meeting, Partner, Topic
from partners.queries.cooperation_task import possible_owners
from partners.queries.meeting import invitation_of
from partners.rules.meeting import covered
from portal.accounts.models import User
from portal.kernel import clock


def moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    """Day and time, chosen in the browser's own way."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


#: Of how many months the figures of a meeting outside a cycle are.
_MONTHS = {MeetingKind.JOINT: 3, MeetingKind.QUALITY: 6, MeetingKind.SUMMIT: 12}


class PlanMeetingForm(RowForm):
    """A meeting outside the calendar's cycles; `row` is the plan that it is about, or None."""

    row: CooperationPlan | None
    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    title = forms.CharField(label=_("Title"), max_length=160)
    partners = forms.ModelMultipleChoiceField(
        Partner.objects.none(), label=_("Partners"), widget=UnfoldAdminSelect2MultipleWidget
    )
    starts_at = moment_field(_("Begins at"))
    place = forms.CharField(label=_("Place or link"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partners"].queryset = Partner.objects.all().visible_to(self.actor)
        if self.row is not None:
            self.fields["partners"].initial = [self.row.partner_id]

    def clean_starts_at(self) -> Any:
        moment = self.cleaned_data["starts_at"]
        if moment <= clock.now():
            raise ValidationError(_("The new time lies in the past."))
        return moment

    def save(self) -> Meeting:
        values = dict(self.cleaned_data)
        partners = list(values.pop("partners"))
        first, last = covered(values["kind"], _MONTHS[values["kind"]], clock.local(values["starts_at"]).date())
        row = Meeting(**values, plan=self.row, owner_id=self.actor.user_id, period_first=first, period_last=last)
        return actions.plan(self.actor, row, partners)


class PrepareForm(RowForm):
    """Fill the agenda, or fill it anew."""

    row: Meeting

    def save(self) -> Meeting:
        return actions.prepare(self.actor, self.row)


class InviteForm(RowForm):
    """Whom to ask besides the managers and the group."""

    row: Meeting
    others = forms.ModelMultipleChoiceField(
        User.objects.none(),
        label=_("Also invite"),
        required=False,
        widget=UnfoldAdminSelect2MultipleWidget,
        help_text=_("The partners’ managers, the coordination group and you are invited anyway."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["others"].queryset = possible_owners(self.actor, self.row.partners.all())
        self.fields["others"].label_from_instance = named

    def save(self) -> Meeting:
        return actions.invite(self.actor, self.row, self.cleaned_data["others"])


class MoveForm(RowForm):
    """Another time, and why."""

    row: Meeting
    starts_at = moment_field(_("Begins at"))
    place = forms.CharField(label=_("Place or link"), max_length=200, required=False)
    reason = words_field(_("Reason"), length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].initial, self.fields["place"].initial = self.row.starts_at, self.row.place

    def save(self) -> Meeting:
        return actions.move(self.actor, self.row, **self.cleaned_data)


class CancelForm(RowForm):
    """Why it does not take place."""

    row: Meeting
    reason = words_field(_("Reason"), length=300)

    def save(self) -> Meeting:
        return actions.cancel(self.actor, self.row, self.cleaned_data["reason"])


class HoldForm(RowForm):
    """Who was there."""

    row: Meeting
    present = forms.MultipleChoiceField(
        label=_("Who was there"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick who was there.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(self.row.invitations.select_related("user", "partner"))
        self.fields["present"].choices = [(str(one.pk), one.who) for one in rows]
        self.fields["present"].initial = [str(one.pk) for one in rows if one.answer in (Answer.COMING, Answer.DEPUTY)]

    def save(self) -> Meeting:
        return actions.hold(self.actor, self.row, {int(pk) for pk in self.cleaned_data["present"]})


class ReleaseForm(RowForm):
    """The minutes are complete."""

    row: Meeting

    def save(self) -> Meeting:
        return meeting_minutes.release(self.actor, self.row)


class TasksForm(RowForm):
    """All decisions with a person and a day, at one press."""

    row: Meeting

    def save(self) -> int:
        return meeting_minutes.decisions_to_tasks(self.actor, self.row)


class _OwnForm(RowForm):
    """Something that only who was invited says."""

    row: Meeting

    def clean(self) -> dict[str, Any]:
        found = invitation_of(self.row, self.actor)
        if found is None:
            raise ValidationError(_("You are not invited to this meeting."))
        self.invitation: Invitation = found
        return super().clean() or {}


class AnswerForm(_OwnForm):
    """Coming, not coming, or a deputy."""

    answer = forms.ChoiceField(
        label=_("Do you come?"),
        choices=[(one.value, one.label) for one in Answer if one != Answer.OPEN],
        widget=forms.RadioSelect,
    )
    deputy = forms.CharField(label=_("Deputy"), max_length=60, required=False, help_text=_("Where you send one."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def save(self) -> Invitation:
        values = self.cleaned_data
        return meeting_minutes.answer(self.actor, self.invitation, values["answer"], values["deputy"], values["note"])


class AcknowledgeForm(_OwnForm):
    """The minutes are right."""

    def save(self) -> Invitation:
        return meeting_minutes.acknowledge(self.actor, self.invitation)


class CorrectionForm(_OwnForm):
    """What is wrong in the minutes."""

    correction = words_field(_("Correction"), rows=3)

    def save(self) -> Invitation:
        return meeting_minutes.ask_correction(self.actor, self.invitation, self.cleaned_data["correction"])


class AnswerCorrectionForm(RowForm):
    """What becomes of a correction that somebody asked for."""

    row: Meeting
    invitation = forms.ModelChoiceField(Invitation.objects.none(), label=_("Correction asked for"))
    answer = words_field(_("Answer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.row.invitations.filter(reply=MinutesReply.CORRECTION).select_related("user", "partner")
        self.fields["invitation"].queryset = waiting
        self.fields["invitation"].label_from_instance = lambda one: f"{one.who}: {one.correction[:80]}"

    def save(self) -> Invitation:
        values = self.cleaned_data
        return meeting_minutes.answer_correction(self.actor, values["invitation"], values["answer"])


class TopicForm(RowForm):
    """A problem for the meeting."""

    row: Meeting
    title = forms.CharField(label=_("Title"), max_length=120)
    text = words_field(pgettext_lazy("topic", "Problem"), length=meeting_topic.LONGEST)

    def save(self) -> Topic:
        return meeting_topic.bring_up(self.actor, self.row, **self.cleaned_data)


class PlaceTopicForm(RowForm):
    """Under which item of the agenda."""

    row: Topic
    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Agenda item"), required=False)
    title = forms.CharField(
        label=_("New item"), max_length=160, required=False, help_text=_("Where none of the items fits.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = AgendaItem.objects.filter(meeting=self.row.meeting_id)

    def save(self) -> Topic:
        values = self.cleaned_data
        return meeting_topic.put_on_agenda(self.actor, self.row, values["item"], values["title"])


class AnswerTopicForm(RowForm):
    """What the brand says to it."""

    row: Topic
    answer = words_field(_("Answer"))

    def save(self) -> Topic:
        return meeting_topic.answer(self.actor, self.row, self.cleaned_data["answer"])
