"""Forms of diagnostic tools beside a ticket: open one, say what came of it (R020)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions.tool_use import LONGEST
from partners.choices.tool_grant import UseResult
from partners.models import ToolUse, ToolUseOutcome
from partners.queries.tool_grant import Offer
from portal.accounts.actor import Actor
from portal.webkit.forms import PageForm, VersionedForm
from tickets.actions import tool_use
from tickets.models import Ticket


class OpenToolForm(VersionedForm):
    """Which tool for which function, and what is looked for; the key makes a second sending harmless."""

    what = forms.ChoiceField(
        label=_("Tool and function"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you do with the tool.")},
    )
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you look for; it is kept in the log."),
    )

    def __init__(self, *args: Any, actor: Actor, ticket: Ticket, offers: list[Offer], **kwargs: Any) -> None:
        self.actor, self.ticket = actor, ticket
        self.grants = {str(offer.grant.pk): offer.grant for offer in offers}
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = [
            (f"{offer.grant.pk}:{name}", f"{offer.grant.tool.name} · {label}")
            for offer in offers
            for name, label in offer.functions
        ]

    def save(self) -> ToolUse:
        pk, _colon, function = self.cleaned_data["what"].partition(":")
        purpose = self.cleaned_data["purpose"]
        return tool_use.open_tool(self.actor, self.ticket, self.grants[pk], function, purpose, key=self.sent_key)


class ToolResultForm(PageForm):
    """What came of it, once."""

    result = forms.ChoiceField(label=_("Result"), choices=UseResult.choices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example the fault codes that were read."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, ticket: Ticket, use: ToolUse, **kwargs: Any) -> None:
        self.actor, self.ticket, self.use = actor, ticket, use
        super().__init__(*args, **kwargs)

    def save(self) -> ToolUseOutcome:
        values = self.cleaned_data
        return tool_use.tell_result(self.actor, self.ticket, self.use, values["result"], values["note"])
