"""Attachments: who put which file to which subject; the bytes lie under a random key (R061)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AttachmentKind(models.TextChoices):
    """What a file shows; limits of size and type go by it."""

    PHOTO = "photo", _("Photo")
    VIDEO = "video", _("Video")
    LOG = "log", _("Log file")
    DOCUMENT = "document", _("Document")
    SIGNATURE = "signature", _("Signature")
    SCAN = "scan", _("Stamped scan")


class Attachment(models.Model):
    """One stored file of one subject ('ticket:12'); it is never overwritten."""

    key = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=AttachmentKind.choices)
    name = models.CharField(_("File name"), max_length=200)
    content_type = models.CharField(_("Type"), max_length=80)
    size = models.PositiveBigIntegerField(_("Size in bytes"))
    sha256 = models.CharField(max_length=64)
    public = models.BooleanField(_("Shown to the customer"), default=True)
    uploaded_at = models.DateTimeField(_("Uploaded at"))
    uploaded_by = models.CharField(_("Uploaded by"), max_length=120)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return self.name
