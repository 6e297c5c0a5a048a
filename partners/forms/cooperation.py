"""Forms of cooperation plans, of their board and of tasks; the same for the admin and the partner's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.actions import cooperation, cooperation_board, cooperation_task
from partners.models import CooperationPlan, CooperationTask, PlanPost
from partners.queries import cooperation_task as tasks
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.webkit.forms import PageForm
from portal.webkit.widgets import ManyFilesField


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day, chosen in the browser's own way."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def words_field(label: Any, rows: int = 4, length: int = 2000, **options: Any) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(label=label, max_length=length, widget=forms.Textarea(attrs={"rows": rows}), **options)


class RowForm(PageForm):
    """What somebody does with a row: `save()` calls the action."""

    def __init__(self, *args: Any, actor: Actor, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class AgreeForm(RowForm):
    """Nothing to say but yes, which is ticked by a person: it binds the company (R071)."""

    row: CooperationPlan
    agreed = forms.BooleanField(
        label=_("I have read goals, content and term, and I agree to them for my side."),
        error_messages={"required": _("Tick the box to confirm.")},
    )

    def save(self) -> CooperationPlan:
        return cooperation.agree(self.actor, self.row)


class AdvanceForm(RowForm):
    """On to the next stage."""

    row: CooperationPlan

    def save(self) -> CooperationPlan:
        return cooperation.advance(self.actor, self.row)


class EvaluateForm(RowForm):
    """How the effect is judged."""

    row: CooperationPlan
    result = words_field(_("Effect of the service"))
    adjustment = words_field(_("What is adjusted"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].initial, self.fields["adjustment"].initial = self.row.result, self.row.adjustment

    def save(self) -> CooperationPlan:
        values = self.cleaned_data
        return cooperation.evaluate(self.actor, self.row, values["result"], values["adjustment"])


class SumUpForm(RowForm):
    """What was learnt."""

    row: CooperationPlan
    lessons = words_field(_("What was learnt"), rows=6)
    offer = forms.BooleanField(
        label=_("Offer it to the knowledge base"),
        required=False,
        help_text=_("It becomes the draft of a case, which is reviewed before anybody reads it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lessons"].initial = self.row.lessons
        if self.row.article_id:
            del self.fields["offer"]

    def save(self) -> CooperationPlan:
        values = self.cleaned_data
        return cooperation.sum_up(self.actor, self.row, values["lessons"], offer=values.get("offer", False))


class StopForm(RowForm):
    """Why the plan ends before its time."""

    row: CooperationPlan
    reason = words_field(_("Reason"), length=500)

    def save(self) -> CooperationPlan:
        return cooperation.stop(self.actor, self.row, self.cleaned_data["reason"])


class PostForm(RowForm):
    """A message to the other side."""

    row: CooperationPlan
    text = words_field(_("Message"), rows=3, error_messages={"required": _("Write something before you send it.")})
    files = ManyFilesField(label=_("Files"), required=False)

    def save(self) -> PlanPost:
        return cooperation_board.post(self.actor, self.row, self.cleaned_data["text"], self.cleaned_data["files"])


class TaskForm(RowForm):
    """A new task, from a plan or by itself (`row` is None)."""

    row: CooperationPlan | None
    title = forms.CharField(label=_("Task"), max_length=200)
    text = words_field(_("What is to be done"), required=False)
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Done by"))
    due_on = day_field(pgettext_lazy("task", "Due on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = tasks.possible_owners(self.actor)
        self.fields["owner"].label_from_instance = named

    def save(self) -> CooperationTask:
        values = self.cleaned_data
        origin = {"text": values["text"], "plan": self.row}
        return cooperation_task.give(self.actor, values["title"], values["owner"], values["due_on"], **origin)


class FinishForm(RowForm):
    """What came of it, with the proof."""

    row: CooperationTask
    result = words_field(_("Result"), error_messages={"required": _("Say what came of it.")})
    file = forms.FileField(label=_("File"), required=False, help_text=_("PDF, Word, Excel, text or a picture."))

    def save(self) -> CooperationTask:
        values = self.cleaned_data
        return cooperation_task.finish(self.actor, self.row, values["result"], values.get("file"))


class MoreTimeForm(RowForm):
    """Until when, and why."""

    row: CooperationTask
    until = day_field(_("New day"))
    reason = words_field(_("Reason"), rows=3, length=300)

    def save(self) -> CooperationTask:
        return cooperation_task.ask_more_time(self.actor, self.row, **self.cleaned_data)


class ExtendForm(MoreTimeForm):
    """A brand manager moves the day; what was asked for stands there already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial, self.fields["reason"].initial = self.row.wanted_until, self.row.wanted_reason

    def save(self) -> CooperationTask:
        return cooperation_task.extend(self.actor, self.row, **self.cleaned_data)


class DeclineTimeForm(RowForm):
    """Why the day stays as it is."""

    row: CooperationTask
    reason = words_field(_("Reason"), rows=3, length=300, help_text=_("Whoever asked for more time reads it."))

    def save(self) -> CooperationTask:
        return cooperation_task.decline_more_time(self.actor, self.row, self.cleaned_data["reason"])


class ReopenForm(MoreTimeForm):
    """What is still to be done, and until when."""

    def save(self) -> CooperationTask:
        return cooperation_task.reopen(self.actor, self.row, **self.cleaned_data)


class CancelTaskForm(RowForm):
    """Why it need not be done."""

    row: CooperationTask
    reason = words_field(_("Reason"), length=500)

    def save(self) -> CooperationTask:
        return cooperation_task.cancel(self.actor, self.row, self.cleaned_data["reason"])


def named(user: User) -> str:
    """A person with where he works, for lists to choose from."""
    membership = user.current_membership()
    return f"{user} · {membership.organisation.short_name}" if membership else str(user)
