"""The form with which partner staff contribute an article from a solved ticket (R178)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions.knowledge_base import LONGEST_BODY, LONGEST_SYMPTOMS, LONGEST_TITLE, Text
from partners.choices.knowledge import ArticleKind
from partners.models import Article, Staff
from portal.accounts.actor import Actor
from portal.webkit.forms import PageForm
from tickets.actions import article as actions
from tickets.forms.controls import PhotosField
from tickets.models import Ticket
from tickets.queries.article import draft_of


class ContributeForm(PageForm):
    """It begins with what the ticket's records say, without what names the customer."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (ArticleKind.SOLUTION.value, ArticleKind.SOLUTION.label),
            (ArticleKind.CASE.value, ArticleKind.CASE.label),
        ],
        widget=forms.RadioSelect,
        initial=ArticleKind.SOLUTION,
    )
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    symptoms = forms.CharField(
        label=_("Fault symptoms"),
        max_length=LONGEST_SYMPTOMS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("How others recognise the same fault."),
    )
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("Cause, steps, figures, parts. Nothing that names the customer."),
    )
    files = PhotosField(help_text=_("Pictures of the fault without people, plates or addresses."))

    def __init__(self, *args: Any, actor: Actor, ticket: Ticket, staff: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.ticket, self.staff = actor, ticket, staff
        if not self.is_bound:
            draft = draft_of(ticket)
            self.initial = {"title": draft.title, "symptoms": draft.symptoms, "body": draft.body, **self.initial}

    def save(self) -> Article:
        said = self.cleaned_data
        text = Text(said["title"], said["body"], said["symptoms"])
        return actions.contribute(self.actor, self.ticket, self.staff, text, kind=said["kind"], files=said["files"])
