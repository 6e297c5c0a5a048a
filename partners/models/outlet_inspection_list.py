"""Outlet standards as check lists: a list, its versions, their items (R109–R114, R182)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices.outlet_inspection import SECTIONS, ListKind, ListState, PhotoNeed, Section
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role


class CheckListQuerySet(ScopedQuerySet):
    """Brand and auditor see all; a partner's manager and dispatcher what was released."""

    #: The way from the row to its version's state.
    state = "versions__state"

    def scope(self, actor: Actor) -> "CheckListQuerySet":
        if actor.is_brand or actor.is_auditor:
            return self.all()
        if actor.role in (Role.PARTNER_MANAGER, Role.DISPATCHER):
            return self.filter(**{self.state: ListState.RELEASED}).distinct()
        return self.none()


class CheckList(models.Model):
    """One outlet standard through all its versions."""

    code = models.CharField(_("List code"), max_length=40, unique=True)
    title = models.CharField(_("Title"), max_length=120)
    kind = models.CharField(_("Kind"), max_length=12, choices=ListKind.choices, default=ListKind.PREMISES)

    history = HistoricalRecords()
    objects = CheckListQuerySet.as_manager()

    class Meta:
        verbose_name = _("check list")
        verbose_name_plural = _("check lists")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class CheckVersionQuerySet(CheckListQuerySet):
    state = "state"


class CheckVersion(models.Model):
    """One version with the marks that it asks for. What was released is never rewritten."""

    check_list = models.ForeignKey(CheckList, models.PROTECT, related_name="versions", verbose_name=_("Check list"))
    number = models.PositiveSmallIntegerField(_("Version"), default=1)
    state = models.CharField(_("State"), max_length=10, choices=ListState.choices, default=ListState.DRAFT)
    summary = models.TextField(_("What is new"), blank=True)
    pass_mark = models.DecimalField(
        _("Pass mark"),
        max_digits=5,
        decimal_places=2,
        default=80,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Points of 100, included."),
    )
    top_mark = models.DecimalField(
        _("Mark for excellent"),
        max_digits=5,
        decimal_places=2,
        default=95,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    partly_too = models.BooleanField(
        _("“Partly” makes a finding too"), default=True, help_text=_("Otherwise only what was not passed does.")
    )
    valid_from = models.DateField(_("In force from"), null=True, blank=True)
    released_at = models.DateTimeField(_("Released at"), null=True, blank=True)
    released_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Released by")
    )

    history = HistoricalRecords()
    objects = CheckVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("check list version")
        verbose_name_plural = _("check list versions")
        ordering = ["check_list", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["check_list", "number"],
                name="check_version_once",
                violation_error_message=_(
                    "This number is taken by another version: open the page again, and the next free one is given."
                ),
            ),
            models.UniqueConstraint(
                fields=["check_list"],
                condition=models.Q(state=ListState.DRAFT),
                name="check_version_one_draft",
                violation_error_message=_("There is a draft already: go on with that one, or discard it first."),
            ),
            models.CheckConstraint(
                condition=models.Q(state=ListState.DRAFT)
                | models.Q(released_at__isnull=False, valid_from__isnull=False),
                name="check_version_released_with_day",
            ),
            models.CheckConstraint(
                condition=models.Q(top_mark__gte=models.F("pass_mark")),
                name="check_version_marks_in_order",
                violation_error_message=_("The mark for excellent lies below the pass mark."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.check_list} · V{self.number}"

    def become(self, state: ListState) -> None:
        """Only `partners.actions.outlet_inspection_list` calls this; it asks and journals."""
        self.state = state

    @property
    def is_draft(self) -> bool:
        return self.state == ListState.DRAFT


class CheckItemQuerySet(CheckListQuerySet):
    state = "version__state"


class CheckItem(models.Model):
    """One thing to look at, what passes, and what follows when it does not."""

    version = models.ForeignKey(CheckVersion, models.PROTECT, related_name="items", verbose_name=_("Version"))
    code = models.CharField(
        _("Item code"),
        max_length=80,
        unique=True,
        editable=False,
        help_text=_("List code / version / item number, such as WD-01/1/2.3."),
    )
    place = models.PositiveSmallIntegerField(_("Order"), default=0)
    number = models.CharField(_("Item number"), max_length=20)
    section = models.CharField(_("Section"), max_length=16, choices=Section.choices)
    text = models.CharField(_("Check item"), max_length=200)
    look_for = models.TextField(_("What to look for"), blank=True)
    requirement = models.CharField(_("Requirement"), max_length=60, blank=True, help_text=_("Such as R112."))
    weight = models.PositiveSmallIntegerField(
        _("Weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    core = models.BooleanField(
        _("Core item"), default=False, help_text=_("Not passed, it fails the inspection whatever the score.")
    )
    photo = models.CharField(_("Photo"), max_length=10, choices=PhotoNeed.choices, default=PhotoNeed.ON_FAULT)
    days = models.PositiveSmallIntegerField(
        _("Working days to correct it"), default=5, validators=[MinValueValidator(1), MaxValueValidator(250)]
    )

    history = HistoricalRecords()
    objects = CheckItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("check item")
        verbose_name_plural = _("check items")
        ordering = ["version", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "number"],
                name="check_item_number_once",
                violation_error_message=_("This item number stands in the version already: choose another."),
            ),
            models.CheckConstraint(condition=models.Q(weight__gte=1, days__gte=1), name="check_item_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"

    def clean(self) -> None:
        """A section belongs to the kind of list."""
        super().clean()
        if self.version_id and self.section and self.section not in SECTIONS[self.version.check_list.kind]:
            raise ValidationError({"section": _("A list of this kind has no such section.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The code follows from where the item stands."""
        self.code = f"{self.version.check_list.code}/{self.version.number}/{self.number}"
        super().save(*args, **kwargs)
