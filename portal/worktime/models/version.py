"""Versions: what a calendar said when, kept for ever; and the editions of the holidays that they name (rule 9)."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.worktime.models.calendar import Calendar
from portal.worktime.models.drafted import OfCalendarQuerySet


class HolidayEdition(models.Model):
    """The holidays of one edition of the library, so that a later one cannot change what was computed."""

    version = models.CharField(_("Version"), max_length=40, unique=True)
    content = models.JSONField()

    class Meta:
        verbose_name = _("edition of the holidays")
        verbose_name_plural = _("editions of the holidays")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.version


class CalendarVersion(models.Model):
    """A calendar as it came into force; only inserted. `settled` counts the open tickets computed anew under it."""

    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        to_field="code",
        db_column="calendar",
        related_name="versions",
        verbose_name=_("Calendar"),
    )
    number = models.PositiveIntegerField(_("Edition"))
    version = models.CharField(_("Version"), max_length=16)
    content = models.JSONField()
    since = models.DateTimeField(_("In force since"))
    author = models.CharField(_("Drafted by"), max_length=200, blank=True)
    reviewer = models.CharField(_("Reviewer"), max_length=120, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Reviewer")
    )
    changes = models.JSONField(_("Changes"), default=list)
    moves_dues = models.BooleanField(_("Moves due times"), default=False)
    to_settle = models.PositiveIntegerField(_("Open tickets to compute anew"), default=0)
    settled = models.PositiveIntegerField(_("Computed anew"), default=0)
    moved = models.PositiveIntegerField(_("Tickets whose due times moved"), default=0)
    last_settled = models.BigIntegerField(default=0, editable=False)
    settled_at = models.DateTimeField(_("All computed anew at"), null=True, blank=True)

    objects = OfCalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a calendar")
        verbose_name_plural = _("versions of calendars")
        ordering = ["calendar", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "number"],
                name="worktime_numbered_versions",
                violation_error_message=_(
                    "This number is taken by another version: open the page again, and the next free one is given."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar_id} · {self.number} · {self.version}"
