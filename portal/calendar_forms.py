"""Forms of calendars: hours are typed as people write them, every change says its source."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextInputWidget

from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields
from portal.worktime import actions
from portal.worktime.models import Calendar, CalendarDay, CalendarPlan
from portal.worktime.models.drafted import Drafted
from portal.worktime.windows import as_text, from_text, parse, written
from tickets.actions import calendar as tickets_calendar

DAYS = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
HOURS_HELP = _("Such as 09:00-12:00, 13:00-18:00")


class HoursField(forms.CharField):
    """'09:00-12:00, 13:00-18:00' for the stored pairs; empty is a closed day."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return as_text(parse(value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[list[str]]:
        text = super().clean(value) or ""
        try:
            return written(from_text(text))
        except ValueError as error:
            message = _("These are no opening hours: “%(text)s”. Write them such as 09:00-12:00, 13:00-18:00.")
            raise ValidationError(message, params={"text": text[:60]}) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != data)


class DayForm(NamesItsFields, forms.ModelForm):
    """A day that is not what plan or library say."""

    windows = HoursField(label=_("Opening hours"), required=False, help_text=_("Empty: the calendar’s usual hours."))

    class Meta:
        model = CalendarDay
        fields = ("calendar", "day", "kind", "windows", "reason", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "source" in self.fields:
            self.fields["source"].required = True

    def clean_windows(self) -> list[list[str]] | None:
        return self.cleaned_data["windows"] or None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        _refuse_begun(self, "day")
        return values


def _refuse_begun(form: forms.ModelForm, name: str) -> None:
    """The action says no as well; here it is said at the field, and what was typed stays."""
    day, calendar = form.cleaned_data.get(name), form.cleaned_data.get("calendar") or form.instance.calendar
    if day is not None and calendar is not None and calendar.in_force and day <= clock.today():
        form.add_error(name, _("A day that has begun is not rewritten."))


class PlanForm(NamesItsFields, forms.ModelForm):
    """How a week looks from a day on: one line of hours a weekday."""

    monday = HoursField(label=DAYS[0], required=False, help_text=HOURS_HELP)
    tuesday = HoursField(label=DAYS[1], required=False)
    wednesday = HoursField(label=DAYS[2], required=False)
    thursday = HoursField(label=DAYS[3], required=False)
    friday = HoursField(label=DAYS[4], required=False)
    saturday = HoursField(label=DAYS[5], required=False)
    sunday = HoursField(label=DAYS[6], required=False, help_text=_("Empty: closed on that day."))
    windows = HoursField(
        label=_("Usual opening hours"), help_text=_("Of make-up days, and of days that name no hours.")
    )

    WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

    class Meta:
        model = CalendarPlan
        fields = ("calendar", "since", "windows", "with_holidays", "reason", "source")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "windows" in self.fields:
            self.fields["windows"].initial = self.instance.windows
        for name, hours in zip(self.WEEK, self.instance.weekly, strict=True):
            if name in self.fields:
                self.fields[name].initial = hours
        if "source" in self.fields:
            self.fields["source"].required = True

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        _refuse_begun(self, "since")
        if all(name in values for name in self.WEEK):
            self.instance.weekly = [values[name] for name in self.WEEK]
            if not any(self.instance.weekly):
                self.add_error("monday", _("A weekly plan has seven days, at least one of them with opening hours."))
        return values


class _RowForm(NamesItsFields, forms.Form):
    """A deed on a row."""

    def __init__(self, *args: Any, actor: Actor, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class PublishForm(_RowForm):
    """The second person says yes to everything that is drafted."""

    def save(self) -> Any:
        return tickets_calendar.publish(self.actor, self.row)


class DiscardForm(_RowForm):
    """Why the draft is not wanted."""

    reason = forms.CharField(label=_("Reason"), max_length=120)

    row: Calendar

    def save(self) -> None:
        actions.discard(self.actor, self.row, self.cleaned_data["reason"])


class TakeOutForm(_RowForm):
    """Why the entry goes."""

    reason = forms.CharField(label=_("Reason"), max_length=120)

    row: Drafted

    def save(self) -> None:
        actions.take_out(self.actor, self.row, self.cleaned_data["reason"])
