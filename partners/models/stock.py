"""Where parts lie and how many: a ledger with two lines a movement, and the stock that it sums up to (R180, R181)."""

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from partners.choices.stock import HELD, MoveKind, PlaceKind
from partners.models.outlet import Outlet
from partners.models.part import SparePart
from partners.models.staff import Staff
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet
from portal.accounts.roles import Role
from portal.kernel.errors import PortalError


class StockPlaceQuerySet(ScopedQuerySet):
    """Brand: all, of outlets those in his regions; partner: his own; technician: his bag and his outlet's store."""

    def scope(self, actor: Actor) -> "StockPlaceQuerySet":
        if actor.is_brand or actor.is_auditor:
            if not actor.regions:
                return self.all()
            here = models.Q(outlet__region__in=actor.regions) | models.Q(staff__outlet__region__in=actor.regions)
            return self.filter(here | models.Q(outlet=None, staff=None))
        if not actor.is_partner:
            return self.none()
        home = actor.organisation_id
        own = models.Q(outlet__partner__organisation_id=home) | models.Q(staff__outlet__partner__organisation_id=home)
        if actor.role != Role.TECHNICIAN:
            return self.filter(own)
        me = Staff.objects.filter(user_id=actor.user_id)
        mine = models.Q(staff__in=me.values("pk")) | models.Q(outlet__in=me.values("outlet"))
        return self.filter(own & mine)

    def held(self) -> "StockPlaceQuerySet":
        """Places that hold something; the others are accounts."""
        return self.filter(kind__in=HELD)


class StockPlace(models.Model):
    """A store, a bag, the warehouse, what is on the way to an outlet; or an account that parts come from and go to."""

    kind = models.CharField(_("Kind of place"), max_length=12, choices=PlaceKind.choices)
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="stock_places", verbose_name=_("Outlet")
    )
    staff = models.OneToOneField(
        Staff, models.PROTECT, null=True, blank=True, related_name="bag", verbose_name=_("Technician")
    )

    history = HistoricalRecords()
    objects = StockPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock place")
        verbose_name_plural = _("stock places")
        ordering = ["outlet__code", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(outlet=None, staff=None), name="stock_place_one_of_the_brand"
            ),
            models.UniqueConstraint(
                fields=["kind", "outlet"], condition=models.Q(outlet__isnull=False), name="stock_place_one_an_outlet"
            ),
            models.CheckConstraint(
                condition=models.Q(kind=PlaceKind.BAG, staff__isnull=False, outlet=None)
                | models.Q(
                    kind__in=[PlaceKind.STORE, PlaceKind.TRANSIT, PlaceKind.OLD_PARTS],
                    staff=None,
                    outlet__isnull=False,
                )
                | models.Q(
                    kind__in=[
                        PlaceKind.WAREHOUSE,
                        PlaceKind.SUPPLIER,
                        PlaceKind.CUSTOMER,
                        PlaceKind.SCRAPPED,
                        PlaceKind.DIFFERENCE,
                    ],
                    staff=None,
                    outlet=None,
                ),
                name="stock_place_belongs",
            ),
        ]

    def __str__(self) -> str:
        kind = str(PlaceKind(self.kind).label) if self.kind else ""
        owner = self.staff or self.outlet
        return f"{owner} · {kind}" if owner else kind

    @property
    def home(self) -> Outlet | None:
        """The outlet that it belongs to; a bag follows its technician."""
        return self.staff.outlet if self.staff_id else self.outlet


class OfPlaces(ScopedQuerySet):
    """Rows that are visible to whoever sees their place."""

    def scope(self, actor: Actor) -> "OfPlaces":
        return self.filter(place__in=StockPlace.objects.visible_to(actor))


class Stock(models.Model):
    """How many of a part lie at a place: what the ledger sums up to, and what is locked when parts move."""

    place = models.ForeignKey(StockPlace, models.PROTECT, related_name="stock", verbose_name=_("Place"))
    part = models.ForeignKey(SparePart, models.PROTECT, related_name="stock", verbose_name=_("Spare part"))
    quantity = models.IntegerField(_("In stock"), default=0)

    objects = OfPlaces.as_manager()

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        ordering = ["part__number", "place"]
        constraints = [
            models.UniqueConstraint(fields=["place", "part"], name="stock_one_row_a_part"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=0),
                name="stock_not_negative",
                violation_error_message=_("Stock cannot be less than nothing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} × {self.quantity}"


class InsertOnly(ScopedQuerySet):
    """What was written stays; the database says so too."""

    def update(self, **kwargs: Any) -> int:
        raise PortalError(_("The ledger of parts cannot be changed: post the opposite movement."))

    def delete(self) -> tuple[int, dict[str, int]]:
        raise PortalError(_("The ledger of parts cannot be changed: post the opposite movement."))


class StockMoveQuerySet(InsertOnly):
    """A movement is visible to whoever sees one of its two places."""

    def scope(self, actor: Actor) -> "StockMoveQuerySet":
        if (actor.is_brand or actor.is_auditor) and not actor.regions:
            return self.all()
        places = StockPlace.objects.visible_to(actor)
        if actor.is_brand or actor.is_auditor:
            places = places.exclude(outlet=None, staff=None)
        return self.filter(models.Exists(StockLine.objects.filter(move=models.OuterRef("pk"), place__in=places)))


class StockMove(models.Model):
    """One part on its way from one place to another; insert-only."""

    kind = models.CharField(_("Kind of movement"), max_length=10, choices=MoveKind.choices)
    part = models.ForeignKey(SparePart, models.PROTECT, related_name="moves", verbose_name=_("Spare part"))
    moved_at = models.DateTimeField(_("Moved at"))
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("Moved by"))
    author = models.CharField(_("Moved by"), max_length=120)
    serials = models.JSONField(_("Serial numbers"), default=list)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    #: The number of the ticket, request or count sheet that the parts moved for.
    reference = models.CharField(
        pgettext_lazy("stock movement", "Belongs to"), max_length=60, blank=True, db_index=True
    )

    objects = StockMoveQuerySet.as_manager()

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-moved_at", "-pk"]
        indexes = [models.Index(fields=["-moved_at", "-id"], name="stock_move_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.part.number} × {self.quantity}"

    @property
    def quantity(self) -> int:
        """How many moved; read from the lines."""
        return sum(line.quantity for line in self.lines.all() if line.quantity > 0)

    @property
    def source(self) -> StockPlace:
        return next(line.place for line in self.lines.all() if line.quantity < 0)

    @property
    def target(self) -> StockPlace:
        return next(line.place for line in self.lines.all() if line.quantity > 0)


class StockLineQuerySet(InsertOnly, OfPlaces):
    """The lines of the places in sight."""


class StockLine(models.Model):
    """One side of a movement: out of a place (negative) or into it; insert-only."""

    move = models.ForeignKey(StockMove, models.PROTECT, related_name="lines", verbose_name=_("stock movement"))
    place = models.ForeignKey(StockPlace, models.PROTECT, related_name="lines", verbose_name=_("Place"))
    part = models.ForeignKey(SparePart, models.PROTECT, related_name="+", verbose_name=_("Spare part"))
    quantity = models.IntegerField(_("Quantity"))

    objects = StockLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("ledger line")
        verbose_name_plural = _("ledger lines")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(quantity=0), name="stock_line_moves_something"),
            models.UniqueConstraint(fields=["move", "place"], name="stock_line_one_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.quantity:+d}"


class StockSerial(models.Model):
    """Where one piece with a serial number is now."""

    part = models.ForeignKey(SparePart, models.PROTECT, related_name="pieces", verbose_name=_("Spare part"))
    serial = models.CharField(_("Serial number"), max_length=80)
    place = models.ForeignKey(StockPlace, models.PROTECT, related_name="pieces", verbose_name=_("Place"))

    history = HistoricalRecords()
    objects = OfPlaces.as_manager()

    class Meta:
        verbose_name = _("piece with serial number")
        verbose_name_plural = _("pieces with serial number")
        ordering = ["serial"]
        constraints = [
            models.UniqueConstraint(
                fields=["part", "serial"],
                name="stock_serial_once",
                violation_error_message=_("This serial number is in stock already: check the number."),
            )
        ]

    def __str__(self) -> str:
        return self.serial


class ReorderPoint(models.Model):
    """From how many pieces on a place should order, and up to how many (R181)."""

    place = models.ForeignKey(StockPlace, models.PROTECT, related_name="reorder_points", verbose_name=_("Place"))
    part = models.ForeignKey(SparePart, models.PROTECT, related_name="reorder_points", verbose_name=_("Spare part"))
    reorder_at = models.PositiveIntegerField(_("Order when so many are left"))
    order_up_to = models.PositiveIntegerField(_("Order up to"), validators=[MinValueValidator(1)])

    history = HistoricalRecords()
    objects = OfPlaces.as_manager()

    class Meta:
        verbose_name = _("reorder point")
        verbose_name_plural = _("reorder points")
        ordering = ["place", "part__number"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "part"],
                name="reorder_point_one_a_part",
                violation_error_message=_("This part has a reorder point here already: change that one."),
            ),
            models.CheckConstraint(
                condition=models.Q(order_up_to__gt=models.F("reorder_at")),
                name="reorder_target_above_point",
                violation_error_message=_("Order up to more than what triggers the order."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part.number}: {self.reorder_at} → {self.order_up_to}"
