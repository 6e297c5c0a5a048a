"""The sheets of calendars, their days and weekly plans: a year that was newly announced is one sheet (workflow.md)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.calendar_forms import DAYS
from portal.exchange.cells import Cell
from portal.exchange.columns import Column
from portal.exchange.keyed import PairedResource
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from portal.kernel import clock
from portal.worktime import actions
from portal.worktime.models import BRAND, Calendar, CalendarDay, CalendarPlan
from portal.worktime.windows import as_text, from_text, parse, written


class HoursCell(Cell):
    """09:00-12:00, 13:00-18:00."""

    hint = gettext_lazy("Such as 09:00-12:00, 13:00-18:00")

    def value(self, text: str) -> list[list[str]]:
        try:
            return written(from_text(text))
        except ValueError as error:
            raise ValueError(_("These are no opening hours: write them such as 09:00-12:00, 13:00-18:00.")) from error

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return as_text(parse(value)) if value else ""


class WeekdayColumn(Column):
    """The hours of one weekday of a plan; empty is a closed day."""

    def __init__(self, place: int, label: Any) -> None:
        super().__init__(f"weekday_{place + 1}", HoursCell(), label)
        self.place = place

    def get_value(self, instance: CalendarPlan) -> Any:
        return instance.weekly[self.place] or None


@register
class CalendarResource(BaseResource):
    """Whose calendars there are; what they say stands in plans and days, and is put in force by a second person."""

    class Meta:
        model = Calendar
        import_id_fields = ("code",)
        fields = ("code", "name", "organisation", "zone", "edition", "version")
        fixed = ("code", "organisation", "zone")
        shown_only = ("edition", "version")


@register
class CalendarPlanResource(PairedResource):
    """A plan is named by its calendar and first day; a row is written as a draft."""

    together = ("calendar", "since")
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        WeekdayColumn(place, label) for place, label in enumerate(DAYS)
    )
    windows = Column("windows", HoursCell(), gettext_lazy("Usual opening hours"), required=True)

    class Meta:
        model = CalendarPlan
        import_id_fields = ("since",)
        fields = (
            "calendar", "since", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
            "windows", "with_holidays", "reason", "source", "state",
        )  # fmt: skip
        shown_only = ("state",)
        rehearse = True

    def after_init_instance(self, instance: Any, new: bool, row: dict[str, str], **kwargs: Any) -> None:
        """A new plan is closed on the days that its line does not name."""
        if new:
            instance.weekly = [[] for _day in DAYS]
        super().after_init_instance(instance, new, row, **kwargs)

    def put(self, instance: Any, column: Column, value: Any) -> None:
        if isinstance(column, WeekdayColumn):
            instance.weekly = [
                value or [] if place == column.place else day for place, day in enumerate(instance.weekly)
            ]
        else:
            super().put(instance, column, value)

    def write(self, instance: Any, *, new: bool) -> None:
        """Into the working copy, as a draft."""
        actions.draft(self.actor, instance)


@register
class CalendarDayResource(BaseResource):
    """A row is known by its calendar and day; without a calendar it is the brand's."""

    windows = Column("windows", HoursCell(), gettext_lazy("Opening hours"))

    class Meta:
        model = CalendarDay
        import_id_fields = ("day",)
        fields = ("day", "calendar", "kind", "windows", "reason", "source", "state")
        shown_only = ("state",)
        fixed = ("calendar", "day")

    def before_import(self, dataset: Any, **kwargs: Any) -> None:
        self.known = {f"{row.calendar_id} {row.day}": row for row in self.get_queryset()}

    def before_import_row(self, row: dict[str, str], row_number: int = 0, **kwargs: Any) -> None:
        self.number = row_number
        key = self._key(row)
        if key in self.seen:
            raise ValidationError({"day": _("The same as in an earlier row of this sheet.")})
        self.seen.add(key)

    def get_instance(self, instance_loader: Any, row: dict[str, str]) -> Any:
        return self.known.get(self._key(row))

    def _key(self, row: dict[str, str]) -> str:
        try:
            day = self.fields["day"].widget.clean(row["day"])
        except ValueError as error:
            raise ValidationError({"day": str(error)}) from error
        if day is None:
            raise ValidationError({"day": _("This column must not be empty: it tells which row is meant.")})
        return f"{row.get('calendar', '').strip() or BRAND} {day}"

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        errors = dict(import_validation_errors or {})
        changed = not self.before or any(
            self.before[column.attribute] != column.text(instance) for column in self.columns
        )
        begun = instance.day is not None and instance.day <= clock.today() and instance.calendar.in_force
        if changed and begun:
            errors["day"] = ValidationError(_("A day that has begun is not rewritten."))
        super().validate_instance(instance, errors, validate_unique)

    def write(self, instance: Any, *, new: bool) -> None:
        """Into the working copy, as a draft."""
        actions.draft(self.actor, instance)
