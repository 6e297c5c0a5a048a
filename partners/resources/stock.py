"""The sheets of the ledger: opening stock of outlets and their reorder points, both by the ledger's actions (R181)."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.actions import stock
from partners.actions.ledger import Item, place_of
from partners.choices.stock import PlaceKind
from partners.models import Outlet, ReorderPoint, SparePart, Stock, StockLine, StockSerial
from partners.resources.deed import through
from partners.rules.stock import serials_fit
from portal.exchange.cells import ListCell, TextCell
from portal.exchange.columns import Column
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


class CodeCell(TextCell):
    """Outlet and part in one cell, as the rows of the ledger are told apart."""

    hint = gettext_lazy("Outlet code/part number, such as W-01/FU-0001")


class OfStores(BaseResource):
    """Rows of the stores of outlets in sight; `code` names outlet and part."""

    def get_queryset(self) -> QuerySet:
        named = Concat(F("place__outlet__code"), Value("/"), F("part__number"))
        rows = super().get_queryset().filter(place__kind=PlaceKind.STORE).annotate(code=named)
        return rows.select_related("place__outlet", "part")

    def filled_later(self) -> set[str]:
        return {"place", "part"}

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        """The code must name an outlet in sight and a part of the list."""
        errors = dict(import_validation_errors or {})
        if instance.pk is None and "code" not in errors:
            self._find(instance, errors)
        super().validate_instance(instance, errors, **kwargs)

    def _find(self, instance: Any, errors: dict[str, Any]) -> None:
        code, slash, number = getattr(instance, "code", "").partition("/")
        instance.outlet = Outlet.objects.all().visible_to(self.actor).filter(code=code.strip()).first()
        part = SparePart.objects.all().visible_to(self.actor).filter(number=number.strip()).first()
        if not slash or instance.outlet is None:
            errors["code"] = ValidationError(_("No outlet of yours is called so: write outlet code/part number."))
        elif part is None:
            words = _("Part “%s” is not in the parts list: write outlet code/part number.")
            errors["code"] = ValidationError(words % number.strip()[:60])
        else:
            instance.part = part


@register
class StockResource(OfStores):
    """Opening stock: new rows become movements of the ledger; what has moved is counted, not typed."""

    code = Column("code", CodeCell(), gettext_lazy("Outlet and part"), required=True, fixed=True)
    outlet = Column("place__outlet__name", TextCell(), gettext_lazy("Outlet"), shown_only=True)
    name = Column("part__name", TextCell(), gettext_lazy("Part name"), shown_only=True)
    serials = Column("serials", ListCell(), gettext_lazy("Serial numbers"))

    class Meta:
        model = Stock
        import_id_fields = ("code",)
        fields = ("code", "quantity", "serials", "outlet", "name")

    def after_init_instance(self, instance: Any, new: bool, row: dict[str, str], **kwargs: Any) -> None:
        if not new:
            self._unfold(instance)
        super().after_init_instance(instance, new, row, **kwargs)

    def line(self, instance: Any, *, masked: bool) -> list[str]:
        self._unfold(instance)
        return super().line(instance, masked=masked)

    @staticmethod
    def _unfold(instance: Any) -> None:
        pieces = (
            StockSerial.objects.filter(place=instance.place, part=instance.part) if instance.part.serialised else ()
        )
        instance.serials = [piece.serial for piece in pieces]

    def validate_instance(self, instance: Any, import_validation_errors: Any = None, **kwargs: Any) -> None:
        super().validate_instance(instance, import_validation_errors, **kwargs)
        if instance.pk is not None and StockLine.objects.filter(place=instance.place, part=instance.part).exists():
            words = {"part": instance.part.number, "outlet": instance.place.outlet.name}
            raise ValidationError(
                {"quantity": _("%(part)s has moved at %(outlet)s already: count it instead.") % words}
            )
        if instance.quantity < 1:
            raise ValidationError({"quantity": _("At least one piece must move.")})
        given = getattr(instance, "serials", [])
        verdict = serials_fit(instance.part.number, instance.part.serialised, instance.quantity, given)
        if not verdict:
            raise ValidationError({"serials": str(verdict.reason)})
        if StockSerial.objects.filter(part=instance.part, serial__in=given).exists():
            raise ValidationError({"serials": _("One of these serial numbers is in the ledger already.")})

    def write(self, instance: Any, *, new: bool) -> None:
        home = instance.outlet if new else instance.place.outlet
        item = Item(instance.part, instance.quantity, tuple(getattr(instance, "serials", [])))
        through(lambda: stock.open_stock(self.actor, home, item), self)
        instance.pk = Stock.objects.get(place=place_of(PlaceKind.STORE, outlet=home), part=instance.part).pk


@register
class ReorderPointResource(OfStores):
    """From how many pieces on an outlet orders, and up to how many."""

    code = Column("code", CodeCell(), gettext_lazy("Outlet and part"), required=True, fixed=True)
    outlet = Column("place__outlet__name", TextCell(), gettext_lazy("Outlet"), shown_only=True)
    name = Column("part__name", TextCell(), gettext_lazy("Part name"), shown_only=True)

    class Meta:
        model = ReorderPoint
        import_id_fields = ("code",)
        fields = ("code", "reorder_at", "order_up_to", "outlet", "name")

    def write(self, instance: Any, *, new: bool) -> None:
        place = place_of(PlaceKind.STORE, outlet=instance.outlet) if new else instance.place
        values = (place, instance.part, instance.reorder_at, instance.order_up_to)
        instance.pk = through(lambda: stock.set_reorder(self.actor, *values), self).pk
