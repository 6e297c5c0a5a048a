"""Standards and bulletins: what the brand releases to its partners, clause by clause (R001, R042, R100–R104, R147)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices import ChannelType
from partners.choices.standard import ClauseUnit, PublicationKind, ReleaseState
from partners.models.product import ProductLine
from partners.rules.standard import ClauseText, written
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet


class PublicationQuerySet(ScopedQuerySet):
    """Brand and auditor see all; a partner what was ever released to him."""

    def scope(self, actor: Actor) -> "PublicationQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self.all()
        if actor.is_partner:
            return self.filter(releases__receipts__partner__organisation_id=actor.organisation_id).distinct()
        return self.none()


class Publication(models.Model):
    """One standard or bulletin through all its versions; the audience is by channel type, product line and region."""

    code = models.CharField(_("Document number"), max_length=40, unique=True)
    kind = models.CharField(_("Kind"), max_length=12, choices=PublicationKind.choices)
    title = models.CharField(_("Title"), max_length=160)
    channel_types = models.JSONField(
        _("Channel types"), default=list, blank=True, help_text=_("None chosen: partners of every type.")
    )
    product_lines = models.ManyToManyField(
        ProductLine, blank=True, verbose_name=_("Product lines"), help_text=_("None chosen: every product line.")
    )
    regions = models.JSONField(_("Regions"), default=list, blank=True, help_text=_("None named: everywhere."))

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("standard or bulletin")
        verbose_name_plural = _("standards and bulletins")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=PublicationKind.values),
                name="publication_kind_known",
                violation_error_message=_("There is no such kind of document."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def channel_labels(self) -> list[str]:
        """The channel types in words."""
        return [str(ChannelType(code).label) for code in self.channel_types if code in ChannelType.values]


class ReleaseQuerySet(ScopedQuerySet):
    def scope(self, actor: Actor) -> "ReleaseQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self.all()
        if actor.is_partner:
            # One row a partner and release: the join brings no release twice.
            return self.filter(receipts__partner__organisation_id=actor.organisation_id).exclude(
                state=ReleaseState.DRAFT
            )
        return self.none()


class Release(models.Model):
    """One version of a document with its clauses. What was announced is never rewritten."""

    publication = models.ForeignKey(
        Publication, models.PROTECT, related_name="releases", verbose_name=_("Standard or bulletin")
    )
    number = models.PositiveSmallIntegerField(_("Version"), default=1)
    state = models.CharField(_("State"), max_length=12, choices=ReleaseState.choices, default=ReleaseState.DRAFT)
    summary = models.TextField(_("What it is about"), help_text=_("Partners read this first: what is new, and why."))
    major = models.BooleanField(
        _("Major change"),
        default=False,
        help_text=_("Announced at least 10 days ahead. A change of a core clause always is."),
    )
    author = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=pgettext_lazy("draft", "Author")
    )
    announced_at = models.DateTimeField(_("Announced at"), null=True, blank=True)
    effective_on = models.DateField(_("Effective from"), null=True, blank=True)
    ended_on = models.DateField(_("In force until"), null=True, blank=True)
    opinions_until = models.DateField(_("Opinions until"), null=True, blank=True)

    history = HistoricalRecords()
    objects = ReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("publication", "version")
        verbose_name_plural = pgettext_lazy("publication", "versions")
        ordering = ["-effective_on", "-pk"]
        indexes = [models.Index(fields=["state", "effective_on"], name="release_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "number"],
                name="release_number_once",
                violation_error_message=_(
                    "This number is taken by another version: open the page again, and the next free one is given."
                ),
            ),
            models.UniqueConstraint(
                fields=["publication"],
                condition=models.Q(state=ReleaseState.IN_FORCE),
                name="release_one_in_force",
                violation_error_message=_("Another version of this standard is in force: withdraw it first."),
            ),
            models.UniqueConstraint(
                fields=["publication"],
                condition=models.Q(state=ReleaseState.DRAFT),
                name="release_one_draft",
                violation_error_message=_("There is a draft already: go on with that one, or discard it first."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ReleaseState.DRAFT)
                | models.Q(announced_at__isnull=False, effective_on__isnull=False),
                name="release_announced_with_day",
                violation_error_message=_("What is announced says from when it holds."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publication} · V{self.number}"

    def become(self, state: ReleaseState) -> None:
        """Only `partners.actions.standard` calls this; it asks and journals."""
        self.state = state

    @property
    def is_draft(self) -> bool:
        return self.state == ReleaseState.DRAFT


class OfRelease(ScopedQuerySet):
    """What belongs to a release is visible with it."""

    def scope(self, actor: Actor) -> "OfRelease":
        return self.filter(release__in=Release.objects.all().visible_to(actor).values("pk"))


class Clause(models.Model):
    """One clause: core ones hold everywhere, others may be adjusted by a region within bounds (R100, R101)."""

    release = models.ForeignKey(Release, models.CASCADE, related_name="clauses", verbose_name=_("Version"))
    place = models.PositiveSmallIntegerField(_("Order"), default=0)
    number = models.CharField(_("Clause number"), max_length=20)
    title = models.CharField(_("Heading"), max_length=120)
    text = models.TextField(_("Text"))
    core = models.BooleanField(_("Core clause"), default=True)
    value = models.DecimalField(_("Figure"), max_digits=10, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("Unit"), max_length=12, choices=ClauseUnit.choices, blank=True)
    lowest = models.DecimalField(_("Lowest"), max_digits=10, decimal_places=2, null=True, blank=True)
    highest = models.DecimalField(_("Highest"), max_digits=10, decimal_places=2, null=True, blank=True)

    history = HistoricalRecords()
    objects = OfRelease.as_manager()

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["release", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["release", "number"],
                name="clause_number_once",
                violation_error_message=_("This clause number stands in the version already."),
            ),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | ~models.Q(unit=""),
                name="clause_figure_has_unit",
                violation_error_message=_("A figure needs its unit."),
            ),
            models.CheckConstraint(
                condition=models.Q(lowest__isnull=True)
                | models.Q(highest__isnull=True)
                | models.Q(highest__gte=models.F("lowest")),
                name="clause_bounds_in_order",
                violation_error_message=_("The highest figure lies below the lowest."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def as_text(self) -> ClauseText:
        """What of it decides whether it changed."""
        return ClauseText(self.number, self.title, self.text, self.core, self.value, self.unit)

    def figure(self) -> str:
        """The figure with its unit, in words."""
        return "" if self.value is None else f"{written(self.value)} {self.get_unit_display()}"
