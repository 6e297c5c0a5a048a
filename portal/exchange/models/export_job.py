"""An export that is too large to be made while somebody waits (F07, F09)."""

import secrets
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, User
from portal.accounts.querysets import ScopedQuerySet
from portal.kernel import clock
from portal.kernel.choices import ColouredChoices
from portal.workflow.background import MadeInBackground


class ExportState(ColouredChoices):
    """How far the making has come, and what became of it."""

    QUEUED = "queued", "secondary", _("Queued")
    RUNNING = "running", "blue", _("Being made")
    READY = "ready", "green", _("Ready")
    FAILED = "failed", "red", _("Failed")
    CANCELLED = "cancelled", "secondary", _("Cancelled")
    EXPIRED = "expired", "secondary", _("Deleted")


class ExportJobQuerySet(ScopedQuerySet):
    """Nobody sees another's exports; that there are some stands in the service log."""

    def scope(self, actor: Actor) -> "ExportJobQuerySet":
        return self.filter(person_id=actor.user_id)

    def waiting(self) -> "ExportJobQuerySet":
        """Queued or being made: what the caps count."""
        return self.filter(state__in=(ExportState.QUEUED, ExportState.RUNNING))


def new_key() -> str:
    """The address of a file, beyond guessing."""
    return secrets.token_urlsafe(32)


class ExportJob(MadeInBackground):
    """Who asked for what, and the file while it can be fetched. Its story stands in the person's service log.

    Of a password typed for personal data nothing is kept but that the export is not masked.
    """

    key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Person"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("Organisation"))
    state = models.CharField(_("State"), max_length=10, choices=ExportState.choices, default=ExportState.QUEUED)
    #: The list, as 'tickets.ticket', and the query string that filtered it.
    model = models.CharField(_("List"), max_length=100)
    filter = models.TextField(_("Filter"), blank=True)
    kind = models.CharField(_("Kind of file"), max_length=4)
    masked = models.BooleanField(_("masked"), default=True)
    purpose = models.CharField(_("Purpose"), max_length=200, blank=True)
    language = models.CharField(_("Language"), max_length=10)
    #: Rows when it was asked for; rows written so far, and in the end.
    expected = models.PositiveIntegerField(_("Expected rows"))
    rows = models.PositiveIntegerField(_("Rows"), default=0)
    attempt = models.PositiveSmallIntegerField(default=0, editable=False)
    #: What his sessions were bound to when he asked, and what he was when it was made: the file dies with either.
    session = models.CharField(max_length=64, editable=False)
    reach = models.TextField(blank=True, editable=False)
    file = models.CharField(max_length=120, blank=True, editable=False)
    size = models.PositiveBigIntegerField(_("Size in bytes"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    requested_at = models.DateTimeField(_("Requested at"))
    expires_at = models.DateTimeField(_("Can be fetched until"), null=True, blank=True)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-requested_at"], name="export_of_person"),
            models.Index(fields=["state", "touched_at"], name="export_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=ExportState.READY)
                | (~models.Q(sha256="") & ~models.Q(reach="") & models.Q(expires_at__isnull=False)),
                name="export_ready_is_proved",
                violation_error_message=_("A finished export has its digest and an end."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.model} · {clock.local(self.requested_at):%Y-%m-%d %H:%M}"

    def is_over(self, moment: datetime) -> bool:
        """The time in which it could be fetched has passed."""
        return self.state == ExportState.EXPIRED or (self.expires_at is not None and moment >= self.expires_at)

    @property
    def wishes(self) -> dict[str, Any]:
        """What was chosen on the form."""
        return {"kind": self.kind, "purpose": self.purpose, "masked": self.masked, "filter": self.filter}
