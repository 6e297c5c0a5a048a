"""The wording that a brand manager put in place of the portal's own, by kind of notice and language."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class NoticeText(models.Model):
    """A row that is not in force keeps the last wording and the history of a kind that went back to the standard."""

    type = models.CharField(_("Type"), max_length=40)
    language = models.CharField(_("Language"), max_length=10)
    title = models.CharField(_("Title"), max_length=200)
    body = models.TextField(_("Text"), max_length=4000)
    in_force = models.BooleanField(_("In force"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("wording of a notice")
        verbose_name_plural = _("wording of notices")
        ordering = ["type", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["type", "language"],
                name="one_wording_a_language",
                violation_error_message=_("There is a wording of this notice in this language already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} · {self.language}"
