"""The service log (服务日志): insert-only, chained per subject (R023, R049, R103, R145)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.journal import chain, verbs
from portal.kernel.errors import PortalError


class EntryQuerySet(models.QuerySet):
    """Reading only: what was written stays."""

    def update(self, **kwargs: Any) -> int:
        raise PortalError(_("The service log cannot be changed."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise PortalError(_("The service log cannot be changed."))


class JournalEntry(models.Model):
    """One thing that happened to one subject; the database refuses to change or delete it."""

    subject = models.CharField(pgettext_lazy("what it is about", "Subject"), max_length=60)
    sequence = models.PositiveIntegerField(_("Sequence"))
    verb = models.CharField(_("Verb"), max_length=40)
    happened_at = models.DateTimeField(_("Happened at"))
    recorded_at = models.DateTimeField(_("Recorded at"))
    actor = models.JSONField(_("Actor"))
    facts = models.JSONField(_("Facts"))
    key = models.CharField(max_length=64, null=True)  # noqa: DJ001  null, so that the constraint spares entries without
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("service log")
        ordering = ["subject", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "sequence"], name="journal_one_entry_per_sequence"),
            models.UniqueConstraint(
                fields=["subject", "key"], condition=models.Q(key__isnull=False), name="journal_one_entry_per_key"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} #{self.sequence} {self.verb}"

    @property
    def kind(self) -> verbs.Verb:
        return verbs.get(self.verb)

    @property
    def imported(self) -> bool:
        return bool(self.actor.get("imported"))

    @property
    def actor_label(self) -> str:
        return self.actor.get("label") or str(self.actor.get("role", ""))

    def sentence(self) -> str:
        """The entry in words, in the active language."""
        # The portal itself signs in one language, whoever reads.
        who = str(_("System")) if self.actor_label == "system" else self.actor_label
        return verbs.sentence(self.verb, who, self.facts)

    def link(self) -> chain.Link:
        """The part of the entry that is hashed."""
        return chain.Link(
            self.subject,
            self.sequence,
            self.verb,
            self.happened_at,
            self.recorded_at,
            self.actor,
            self.facts,
            self.previous,
            self.digest,
        )


class Seal(models.Model):
    """One day's seal over the ends of all chains that went on since the one before; insert-only as the log itself."""

    number = models.PositiveIntegerField(pgettext_lazy("running number", "Number"), unique=True)
    sealed_at = models.DateTimeField(_("Sealed at"))
    heads = models.PositiveIntegerField(_("Chains"))
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["number"]

    def __str__(self) -> str:
        return f"#{self.number}"


class SealedHead(models.Model):
    """Where one subject's chain stood when it was sealed."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="sealed_heads")
    subject = models.CharField(pgettext_lazy("what it is about", "Subject"), max_length=60)
    sequence = models.PositiveIntegerField(_("Sequence"))
    digest = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("sealed chain")
        verbose_name_plural = _("sealed chains")
        ordering = ["seal", "subject"]
        constraints = [
            models.UniqueConstraint(fields=["seal", "subject"], name="sealed_head_once_per_seal"),
        ]
        indexes = [models.Index(fields=["subject", "sequence"], name="sealed_head_subject")]

    def __str__(self) -> str:
        return f"{self.subject} #{self.sequence}"
