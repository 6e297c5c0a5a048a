"""Calendar (工作日历): whose working time it is, in which zone, and which version of it is in force."""

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, OrganisationKind
from portal.accounts.querysets import ScopedQuerySet

#: The calendar that is always there: all working-day limits run by it unless somebody names a narrower one.
BRAND = "brand"


class CalendarQuerySet(ScopedQuerySet):
    """Brand and auditor see all; a partner the brand's and his own."""

    def scope(self, actor: Actor) -> "CalendarQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self.all()
        if actor.is_partner:
            return self.filter(models.Q(code=BRAND) | models.Q(organisation_id=actor.organisation_id))
        return self.none()


def validate_zone(value: str) -> None:
    """Refuse what is no time zone."""
    if value not in available_timezones():
        raise ValidationError(
            _("There is no time zone “%(zone)s”; write for example Asia/Shanghai."), params={"zone": value}
        )


class Calendar(models.Model):
    """One working calendar. What it says is in its plans and days; what holds is its newest version."""

    code = models.SlugField(_("Code"), max_length=40, unique=True)
    name = models.CharField(_("Calendar name"), max_length=80)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calendars",
        verbose_name=_("Belongs to"),
        help_text=_("The partner who sees it on his pages; empty for a calendar of the brand or of a customer."),
    )
    zone = models.CharField(_("Time zone"), max_length=40, default="Asia/Shanghai", validators=[validate_zone])
    edition = models.PositiveIntegerField(_("Edition"), default=0, editable=False)
    version = models.CharField(_("Version"), max_length=16, blank=True, editable=False)
    changed_at = models.DateTimeField(_("In force since"), null=True, blank=True, editable=False)

    history = HistoricalRecords()
    objects = CalendarQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar")
        verbose_name_plural = _("calendars")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A calendar belongs to a partner or to nobody in particular."""
        super().clean()
        if self.organisation_id and self.organisation.kind != OrganisationKind.PARTNER:
            raise ValidationError({"organisation": _("Only a partner has a calendar of his own.")})

    @property
    def in_force(self) -> bool:
        """Whether any version was published; until then the next wider calendar holds."""
        return self.edition > 0
