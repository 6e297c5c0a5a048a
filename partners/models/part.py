"""SparePart (备件): the brand's list of parts that may be fitted (R134, R181)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices.stock import Unit
from partners.models.product import ProductLine
from partners.rules.stock import Listing
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet


class SparePartQuerySet(ScopedQuerySet):
    """The list is the same for everybody who works with parts; customers have no use for cost prices."""

    def scope(self, actor: Actor) -> "SparePartQuerySet":
        return self.all() if actor.is_brand or actor.is_auditor or actor.is_partner else self.none()

    def matching(self, text: str) -> "SparePartQuerySet":
        """Every word stands in number, name, model or product line."""
        found = self
        for word in text.split():
            found = found.filter(
                models.Q(number__icontains=word)
                | models.Q(name__icontains=word)
                | models.Q(fits__icontains=word)
                | models.Q(pk__in=self.model.objects.filter(product_lines__name__icontains=word).values("pk"))
            )
        return found

    def fitting(self, lines: Iterable[int], on: date) -> "SparePartQuerySet":
        """Certified parts of the list in force on that day, for these product lines or for all."""
        listed = models.Q(valid_from=None) | models.Q(valid_from__lte=on)
        listed &= models.Q(valid_until=None) | models.Q(valid_until__gte=on)
        found = self.filter(listed, certified=True)
        wanted = list(lines)
        if wanted:
            found = found.filter(models.Q(product_lines=None) | models.Q(product_lines__in=wanted)).distinct()
        return found


class SparePart(models.Model):
    """One entry of the parts list."""

    number = models.CharField(_("Part number"), max_length=60, unique=True)
    name = models.CharField(_("Part name"), max_length=120)
    product_lines = models.ManyToManyField(
        ProductLine, blank=True, related_name="parts", verbose_name=_("Product lines")
    )
    fits = models.CharField(
        _("Fits models"), max_length=300, blank=True, help_text=_("Product models, divided by 、; empty: all.")
    )
    unit = models.CharField(_("Unit"), max_length=8, choices=Unit.choices, default=Unit.PIECE)
    certified = models.BooleanField(_("Company-certified"), default=True)
    serialised = models.BooleanField(_("Tracked by serial number"), default=False)
    cost_price = models.DecimalField(
        _("Cost price in yuan"), max_digits=12, decimal_places=2, validators=[MinValueValidator(0)]
    )
    valid_from = models.DateField(_("In the list from"), null=True, blank=True)
    valid_until = models.DateField(_("In the list until"), null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes", verbose_name=_("Superseded by")
    )

    history = HistoricalRecords(m2m_fields=[product_lines])
    objects = SparePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("spare part")
        verbose_name_plural = _("spare parts")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cost_price__gte=0),
                name="part_price_not_negative",
                violation_error_message=_("A price cannot be negative."),
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None)
                | models.Q(valid_until=None)
                | models.Q(valid_until__gte=models.F("valid_from")),
                name="part_leaves_after_it_comes",
                violation_error_message=_("A part cannot leave the list before it comes into it."),
            ),
            models.UniqueConstraint(
                Upper("number"),
                name="part_number_whatever_case",
                violation_error_message=_("A part with this number is in the list already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        """A part cannot replace itself, nor can two parts replace each other."""
        super().clean()
        seen, step = {self.pk}, self.superseded_by
        while step is not None:
            if step.pk in seen or (self.pk is None and step.number == self.number):
                raise ValidationError({"superseded_by": _("Parts cannot replace each other in a circle.")})
            seen.add(step.pk)
            step = step.superseded_by

    def listing(self) -> Listing:
        """What decides whether it may be used."""
        successor = self.superseded_by.number if self.superseded_by_id else ""
        return Listing(self.number, self.certified, self.valid_from, self.valid_until, successor)
