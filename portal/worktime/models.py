"""Rows that override the library: a newly announced year, a local closing day, other hours."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.worktime.calendar import Override
from portal.worktime.choices import WORK_KINDS, DayKind
from portal.worktime.windows import parse

BRAND = "brand"


def validate_windows(value: Any) -> None:
    """Refuse what `windows.parse` cannot read."""
    try:
        understood = bool(parse(value))
    except ValueError:
        understood = False
    if not understood:
        message = _("Write the opening hours as pairs such as [[“09:00”, “12:00”], [“13:00”, “18:00”]].")
        raise ValidationError(message, code="windows")


class CalendarDay(models.Model):
    """One day of one calendar, with who says so and who checked it."""

    calendar = models.SlugField(_("Calendar"), max_length=40, default=BRAND)
    day = models.DateField(_("Day"))
    kind = models.CharField(_("Kind of day"), max_length=12, choices=DayKind.choices)
    windows = models.JSONField(
        _("Opening hours"),
        null=True,
        blank=True,
        validators=[validate_windows],
        help_text=_("Empty: the calendar’s usual hours."),
    )
    reason = models.CharField(_("Reason"), max_length=120)
    source = models.CharField(_("Source"), max_length=300, blank=True, help_text=_("The notice it was taken from."))
    reviewer = models.CharField(_("Reviewer"), max_length=80, blank=True)

    history = HistoricalRecords()

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
