"""The working copy of a calendar: weekly plans, and days that are not what the plan or the library says."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.worktime.choices import WORK_KINDS, DayKind
from portal.worktime.models.calendar import BRAND, Calendar
from portal.worktime.models.drafted import Drafted, OfCalendarQuerySet
from portal.worktime.parts import Override, Plan
from portal.worktime.windows import OFFICE_HOURS, parse, written


def validate_windows(value: Any) -> None:
    """Refuse what `windows.parse` cannot read."""
    try:
        understood = bool(parse(value))
    except ValueError:
        understood = False
    if not understood:
        message = _("Write the opening hours as pairs such as [[“09:00”, “12:00”], [“13:00”, “18:00”]].")
        raise ValidationError(message, code="windows")


def validate_week(value: Any) -> None:
    """Refuse what is no plan of seven days of which at least one is worked."""
    try:
        days = [parse(day) for day in value]
        understood = len(days) == 7 and any(days)
    except (TypeError, ValueError):
        understood = False
    if not understood:
        raise ValidationError(_("A weekly plan has seven days, at least one of them with opening hours."), code="week")


def office_hours() -> list[list[str]]:
    """09:00 to 18:00 as JSON."""
    return written(OFFICE_HOURS)


def office_week() -> list[list[list[str]]]:
    """Monday to Friday in office hours as JSON."""
    return [office_hours() for _day in range(5)] + [[], []]


class CalendarPlan(Drafted):
    """How a week looks from a day on: several windows a day, with or without the statutory holidays."""

    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        to_field="code",
        db_column="calendar",
        related_name="plans",
        verbose_name=_("Calendar"),
    )
    since = models.DateField(_("From the day"))
    weekly = models.JSONField(_("Weekly plan"), default=office_week, validators=[validate_week])
    windows = models.JSONField(
        _("Usual opening hours"),
        default=office_hours,
        validators=[validate_windows],
        help_text=_("Of make-up days, and of days that name no hours of their own."),
    )
    with_holidays = models.BooleanField(_("Statutory holidays and make-up days"), default=True)

    history = HistoricalRecords()
    objects = OfCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("weekly plan")
        verbose_name_plural = _("weekly plans")
        ordering = ["calendar", "since"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "since"],
                name="worktime_one_plan_a_day",
                violation_error_message=_("This calendar already has a plan from that day on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} · {self.since}"

    def as_plan(self) -> Plan:
        """The row as the pure calendar takes it."""
        return Plan(self.since, parse(self.windows), tuple(parse(day) for day in self.weekly), self.with_holidays)


class CalendarDay(Drafted):
    """One day of one calendar, with who says so and who checked it."""

    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        to_field="code",
        db_column="calendar",
        default=BRAND,
        related_name="days",
        verbose_name=_("Calendar"),
    )
    day = models.DateField(_("Day"))
    kind = models.CharField(_("Kind of day"), max_length=12, choices=DayKind.choices)
    windows = models.JSONField(
        _("Opening hours"),
        null=True,
        blank=True,
        validators=[validate_windows],
        help_text=_("Empty: the calendar’s usual hours."),
    )

    history = HistoricalRecords()
    objects = OfCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")
        ordering = ["calendar", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day"],
                name="worktime_one_row_a_day",
                violation_error_message=_("This calendar already has a row for that day."),
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=DayKind.values),
                name="worktime_known_kind",
                violation_error_message=_("There is no such kind of day."),
            ),
            models.CheckConstraint(
                condition=models.Q(windows__isnull=True) | models.Q(kind__in=sorted(WORK_KINDS)),
                name="worktime_hours_on_work_days",
                violation_error_message=_("A day that is not worked has no opening hours."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.get_kind_display()}"

    def as_override(self) -> Override:
        """The row as the pure calendar takes it."""
        windows = parse(self.windows) if self.windows else None
        return Override(self.day, DayKind(self.kind), self.reason, windows, self.source)
