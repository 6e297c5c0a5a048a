"""Form of an absence on the partner's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import absence
from partners.choices.absence import AbsenceReason
from partners.models import Absence, Staff
from portal.accounts.actor import Actor
from portal.webkit.forms import PageForm


def _moment(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, **options)


class AbsenceForm(PageForm):
    """Who, from when until when, why, and who stands in."""

    staff = forms.ModelChoiceField(Staff.objects.none(), label=_("Staff member"))
    since = _moment(_("Absent from"))
    until = _moment(_("Back at"))
    reason = forms.ChoiceField(label=_("Reason"), choices=AbsenceReason.choices, initial=AbsenceReason.LEAVE)
    deputy = forms.ModelChoiceField(
        Staff.objects.none(),
        label=_("Deputy"),
        required=False,
        help_text=_("Empty: the dispatcher is warned in his place."),
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=200)

    def __init__(self, *args: Any, actor: Actor, row: Absence | None = None, **kwargs: Any) -> None:
        self.actor, self.row = actor, row
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)
        people = Staff.objects.visible_to(actor).filter(active=True).order_by("outlet__code", "name")
        self.fields["staff"].queryset = self.fields["deputy"].queryset = people
        if row is not None:
            self.fields["staff"].disabled = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        since, until = values.get("since"), values.get("until")
        if since and until and until <= since:
            self.add_error("until", _("An absence ends after it begins."))
        return values

    def save(self) -> Absence:
        """Note or change it. Raises Refused or InvalidInput."""
        values = dict(self.cleaned_data)
        if self.row is not None:
            values.pop("staff")
            return absence.change(self.actor, self.row, **values)
        return absence.note(self.actor, **values)
