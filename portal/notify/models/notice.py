"""One message to one person or one group; it stays in the inbox whatever becomes of its deliveries."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.kernel.choices import ColouredChoices
from portal.notify.types import LINK_PLACE


class NoticeState(ColouredChoices):
    """How far a notice has come, all its deliveries together."""

    QUEUED = "queued", "blue", _("Queued")
    SENT = "sent", "green", _("Sent")
    FAILED = "failed", "red", _("Failed")
    NO_ADDRESS = "no_address", "yellow", _("No address")
    WITHDRAWN = "withdrawn", "secondary", _("Withdrawn")


class Notice(models.Model):
    """One message to one person about one subject."""

    type = models.CharField(_("Type"), max_length=40, db_index=True)
    subject = models.CharField(pgettext_lazy("what it is about", "Subject"), max_length=60, db_index=True)
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("User")
    )
    name = models.CharField(_("Recipient"), max_length=120, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Telephone"), max_length=20, blank=True)
    #: The group that a robot tells, 'desk'; empty where it is for one person.
    group = models.CharField(_("Group"), max_length=40, blank=True)
    language = models.CharField(_("Language"), max_length=10)
    urgent = models.BooleanField(_("Urgent"), default=False)
    title = models.CharField(_("Title"), max_length=200)
    body = models.TextField(_("Text"))
    link_purpose = models.CharField(max_length=20, blank=True)
    link_path = models.CharField(max_length=200, blank=True)
    link_days = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(_("State"), max_length=12, choices=NoticeState.choices, default=NoticeState.QUEUED)
    created_at = models.DateTimeField(_("Created at"))
    sent_at = models.DateTimeField(_("Sent at"), null=True, blank=True)
    read_at = models.DateTimeField(_("Read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["user", "read_at"], name="notice_inbox")]

    def __str__(self) -> str:
        return self.title

    @property
    def text(self) -> str:
        """The body for a screen: the signed link went to the recipient alone."""
        body = self.body.replace(LINK_PLACE, gettext("(link in the message)"))
        return body.removesuffix(f"\n\n{settings.SITE_URL}{self.page}") if self.page else body

    @property
    def page(self) -> str:
        """The path of the portal's page that the notice leads to; empty where its link is signed or it has none."""
        return "" if self.link_purpose else self.link_path
