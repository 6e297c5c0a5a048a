"""The form by which people choose their channels and quiet hours; pages and admin dress it each in their way."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.kernel.named_fields import NamesItsFields
from portal.notify import channels, preferences, types
from portal.notify.models import NoticePreference


class PreferenceForm(NamesItsFields, forms.Form):
    """`rows` is the table that the page draws: a group, and a box for each channel."""

    quiet = forms.BooleanField(label=_("Keep quiet hours"), required=False)
    quiet_from = forms.TimeField(
        label=_("Quiet from"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )

    def __init__(self, data: Any = None, *, user: User, actor: Actor) -> None:
        hours, own = preferences.house_quiet(), preferences.of(user)
        initial = {
            "quiet": own.quiet,
            "quiet_from": own.quiet_from or hours.start,
            "quiet_until": own.quiet_until or hours.end,
        }
        super().__init__(data, initial=initial)
        self.user = user
        self.groups = types.groups_for(actor.role)
        self.rows = preferences.table(user, self.groups)
        if data is not None:
            self.rows = [(group, [self._ticked(choice) for choice in row]) for group, row in self.rows]
        self.heads = [channels.label(choice.channel) for choice in self.rows[0][1]] if self.rows else []

    def _ticked(self, choice: preferences.Choice) -> preferences.Choice:
        """What was sent stays on a page that comes back."""
        wanted = choice.wanted if choice.fixed else choice.key in self.data.getlist("chosen")
        return preferences.Choice(choice.key, choice.group, choice.channel, wanted, choice.fixed)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("quiet") or self.errors:
            return values
        start, end = values.get("quiet_from"), values.get("quiet_until")
        if (start is None) != (end is None):
            lacking = "quiet_from" if start is None else "quiet_until"
            self.add_error(lacking, _("Give both times, or neither for the usual hours."))
        elif start is not None and start == end:
            self.add_error("quiet_until", _("Both times are the same: choose another, or switch quiet hours off."))
        return values

    def save(self) -> NoticePreference:
        values, hours = self.cleaned_data, preferences.house_quiet()
        start, end = values["quiet_from"], values["quiet_until"]
        own = (start, end) != (hours.start, hours.end)
        return preferences.save(
            self.user,
            set(self.data.getlist("chosen")),
            self.groups,
            keeps_quiet=values["quiet"],
            start=start if own else None,
            end=end if own else None,
        )
