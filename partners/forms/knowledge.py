"""Forms of the knowledge base in the admin: what an article is about and for whom, its text, and its way to readers."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from partners.actions import knowledge as actions
from partners.actions import knowledge_files
from partners.actions.knowledge_base import LONGEST_BODY, LONGEST_SYMPTOMS, LONGEST_TITLE, Text
from partners.choices.knowledge import Audience
from partners.models import Article, ArticleVersion
from partners.rules.knowledge import next_review
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import BRAND, PARTNER, Role
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.webkit.widgets import ManyFilesField

MARKDOWN_HELP = _(
    "Markdown: # heading, **bold**, 1. steps, | tables |. A picture is ![words](file name) of an attachment."
)


def text_fields() -> dict[str, forms.Field]:
    """Title, symptoms and text, wherever an article is written."""
    return {
        "title": forms.CharField(label=_("Title"), max_length=LONGEST_TITLE),
        "symptoms": forms.CharField(
            label=_("Fault symptoms"),
            max_length=LONGEST_SYMPTOMS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=_("What the customer says and what the device shows; it is searched before the text."),
        ),
        "body": forms.CharField(
            label=_("Text"),
            max_length=LONGEST_BODY,
            widget=forms.Textarea(attrs={"rows": 18}),
            help_text=MARKDOWN_HELP,
        ),
    }


class ArticleForm(NamesItsFields, forms.ModelForm):
    """What an article is about and whom it is for; of a new one its first text as well."""

    readers = forms.MultipleChoiceField(
        label=_("Roles of the readers"),
        required=False,
        choices=[(role.value, role.label) for role in Role if role in PARTNER],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: everybody at the partner."),
    )

    class Meta:
        model = Article
        fields: ClassVar[list[str]] = [
            "kind", "tags", "product_lines", "product_models", "audience", "partners", "owner", "review_due",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in ("title", "symptoms", "body"):
                self.fields.pop(name, None)
        if "readers" in self.fields:
            self.fields["readers"].initial = [str(role) for role in self.instance.role_list]
        if "owner" in self.fields:
            people = User.objects.filter(membership__active=True, membership__role__in=BRAND, is_active=True)
            self.fields["owner"].queryset = people.order_by("name")

    def clean(self) -> dict[str, Any]:
        """Chosen partners must be chosen, and nobody chooses partners for nothing."""
        values = super().clean() or self.cleaned_data
        if values.get("audience") == Audience.CHOSEN and not values.get("partners"):
            self.add_error("partners", _("Choose the partners who may read it."))
        self.instance.roles = ",".join(values.get("readers") or [])
        return values


class NewArticleForm(ArticleForm):
    """With the first text."""

    title, symptoms, body = text_fields().values()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("symptoms", 2), ("body", 18)):
            self.fields[name].widget = UnfoldAdminTextareaWidget(attrs={"rows": rows})
        self.fields["title"].widget = UnfoldAdminTextInputWidget()


class DeedForm(NamesItsFields, forms.Form):
    """Nothing to say but yes."""

    def __init__(self, *args: Any, actor: Actor, row: Article, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class ReviseForm(DeedForm):
    """A new version with its reason; it begins with the newest text."""

    title, symptoms, body = text_fields().values()
    reason = forms.CharField(label=_("Reason of the change"), max_length=200)
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = self.row.versions.latest("number")
        for name in ("title", "symptoms", "body"):
            self.fields[name].initial = getattr(last, name)
        self.fields["based_on"].initial = last.number

    def save(self) -> ArticleVersion:
        said = self.cleaned_data
        text = Text(said["title"], said["body"], said["symptoms"])
        return actions.revise(self.actor, self.row, text, said["reason"], based_on=said["based_on"])


class SubmitForm(DeedForm):
    """Ask a colleague."""

    def save(self) -> Article:
        return actions.submit(self.actor, self.row)


class PublishForm(DeedForm):
    """Until when the text may be relied on."""

    review_due = forms.DateField(
        label=_("Review date"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=_("On this day the article expires, unless somebody confirms it before."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_due"].initial = next_review(clock.today())

    def save(self) -> Article:
        return actions.publish(self.actor, self.row, review_due=self.cleaned_data["review_due"])


class RenewForm(PublishForm):
    """It was looked at and still holds."""

    def save(self) -> Article:
        return actions.renew(self.actor, self.row, self.cleaned_data["review_due"])


class SendBackForm(DeedForm):
    """What is missing."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def save(self) -> Article:
        return actions.send_back(self.actor, self.row, self.cleaned_data["reason"])


class WithdrawForm(SendBackForm):
    """Why nobody should read it any more."""

    def save(self) -> Article:
        return actions.withdraw(self.actor, self.row, self.cleaned_data["reason"])


class FilesForm(DeedForm):
    """Pictures and documents of the article."""

    files = ManyFilesField(label=_("Files"), help_text=_("Pictures, PDF, Word, Excel or text, 50 MB at most each."))

    def save(self) -> Article:
        return knowledge_files.attach(self.actor, self.row, self.cleaned_data["files"])
