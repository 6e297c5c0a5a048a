"""Signed links: how a customer reaches one ticket without an account. Only a hash of the token is kept (I04)."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignedLink(models.Model):
    """A random token's hash, bound to one subject and one purpose, with an end."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(_("Purpose"), max_length=20)
    subject = models.CharField(pgettext_lazy("what it is about", "Subject"), max_length=60, db_index=True)
    holder = models.CharField(_("Issued to"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("Issued at"))
    expires_at = models.DateTimeField(_("Expires at"))
    revoked_at = models.DateTimeField(_("Revoked at"), null=True, blank=True)

    class Meta:
        verbose_name = _("signed link")
        verbose_name_plural = _("signed links")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.subject}"

    def alive(self, moment: datetime) -> bool:
        """True until it ends or is taken back."""
        return self.revoked_at is None and moment < self.expires_at
