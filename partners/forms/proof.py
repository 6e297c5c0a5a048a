"""Record a check of somebody's skill, document, appearance or conduct (R117–R119, R173, R174)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partners.actions.proof import record_proof
from partners.choices.training import RequirementKind
from partners.models import PostRequirement, Staff, StaffProof
from portal.accounts.actor import Actor
from portal.webkit.forms import PageForm

RESULTS = (("yes", _("met")), ("no", _("not met")))


class ProofForm(PageForm):
    """Which requirement, how it came out, until when; a copy of the document where there is one."""

    requirement = forms.ModelChoiceField(
        PostRequirement.objects.none(), label=pgettext_lazy("post", "Requirement"), empty_label=None,
        error_messages={"required": _("Choose what was checked.")},
    )  # fmt: skip
    result = forms.ChoiceField(label=_("Result"), choices=RESULTS, widget=forms.RadioSelect, initial="yes")
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("As the document says; empty: as the requirement says."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
    file = forms.FileField(label=_("Copy of the document"), required=False)

    def __init__(self, *args: Any, actor: Actor, row: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row
        asked = PostRequirement.objects.filter(post=row.post, active=True).exclude(kind=RequirementKind.COURSE)
        field = self.fields["requirement"]
        field.queryset = asked
        field.label_from_instance = lambda wanted: f"{wanted.get_kind_display()} · {wanted.name}"

    @property
    def offered(self) -> bool:
        """Whether the post asks for anything that is checked."""
        return bool(self.fields["requirement"].queryset.exists())

    def save(self) -> StaffProof:
        values = self.cleaned_data
        return record_proof(
            self.actor,
            self.row,
            values["requirement"],
            met=values["result"] == "yes",
            note=values["note"],
            valid_until=values["valid_until"],
            upload=values["file"],
        )
