"""Forms of one line of a draft, and of one rule of suspension."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.roles import DESK, PARTNER, Role
from portal.kernel.named_fields import NamesItsFields
from tickets.actions import sla_policy as actions
from tickets.choices.sla_policy import PolicyState
from tickets.models import PolicyLine, PolicyPause, PolicyVersion
from tickets.rules.sla_policy.checking import flaws_of_line

LINE_FIELDS = (
    "policy", "kind", "category", "channel", "tier", "region", "contract", "limit", "unit", "clause", "clause_text",
    "replaces", "core", "calendar", "warn_at",
)  # fmt: skip


class PolicyLineForm(NamesItsFields, forms.ModelForm):
    """A line is checked beside its sisters, so that what contradicts them is told at the field."""

    class Meta:
        model = PolicyLine
        fields = LINE_FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "policy" in self.fields:
            self.fields["policy"].queryset = PolicyVersion.objects.filter(state=PolicyState.DRAFT)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or not self.instance.policy_id:
            return
        sisters = self.instance.policy.lines.exclude(pk=self.instance.pk)
        for flaw in flaws_of_line(self.instance.as_rule(), [line.as_rule() for line in sisters]):
            self.add_error(flaw.field if flaw.field in self.fields else None, flaw.message)


class RemoveLineForm(NamesItsFields, forms.Form):
    """Nothing to say but yes."""

    def __init__(self, *args: Any, actor: Actor, row: PolicyLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row

    def save(self) -> PolicyVersion:
        return actions.remove_line(self.actor, self.row)


class PauseForm(NamesItsFields, forms.ModelForm):
    """What a version says of one reason of suspension."""

    roles = forms.MultipleChoiceField(
        label=_("Who may use it"),
        choices=[(role.value, role.label) for role in Role if role in PARTNER | DESK],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: whoever may suspend a ticket."),
    )

    class Meta:
        model = PolicyPause
        fields = ("credited", "cap_hours", "evidence", "excuses_updates", "roles")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def save(self, commit: bool = True) -> PolicyPause:
        return actions.set_pause(self.actor, self.instance)
