"""Forms by which parts move on a telephone: take, give back, send, receive, scrap, reorder point (R180, R181)."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from partners.actions import stock
from partners.actions.ledger import Item, place_of
from partners.choices.stock import PlaceKind
from partners.models import ReorderPoint, Staff, Stock, StockPlace
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.webkit.forms import VersionedForm


class StockForm(VersionedForm):
    """Base: who acts on which row of stock; `save()` calls the action. The key makes a second sending harmless."""

    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=9999, initial=1)
    serials = forms.MultipleChoiceField(
        label=_("Serial numbers"), widget=forms.CheckboxSelectMultiple, help_text=_("Tick the pieces that move.")
    )

    def __init__(self, *args: Any, actor: Actor, row: Stock, **kwargs: Any) -> None:
        self.actor, self.row = actor, row
        super().__init__(*args, **kwargs)
        pieces = row.part.pieces.filter(place=row.place).values_list("serial", flat=True)
        self._offer("serials", [(serial, serial) for serial in pieces])
        if row.part.serialised:
            del self.fields["quantity"]
        else:
            del self.fields["serials"]
            self.fields["quantity"].max_value = row.quantity
            self.fields["quantity"].help_text = _("%(count)d are here.") % {"count": row.quantity}

    @property
    def item(self) -> Item:
        """What was asked to move."""
        serials = self.cleaned_data.get("serials", [])
        return Item(self.row.part, self.cleaned_data.get("quantity") or len(serials), serials)

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def save(self) -> Any:
        """Move it."""
        raise NotImplementedError


class TakeForm(StockForm):
    """Out of the store into a bag; a technician fills his own."""

    target = forms.ModelChoiceField(label=_("Technician"), queryset=Staff.objects.none(), empty_label=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Staff.objects.filter(outlet=self.row.place.outlet, active=True, user__isnull=False)
        if self.actor.role == Role.TECHNICIAN:
            del self.fields["target"]
        else:
            self.fields["target"].queryset = people

    def save(self) -> Any:
        staff = self.cleaned_data.get("target") or Staff.objects.get(user_id=self.actor.user_id)
        bag = place_of(PlaceKind.BAG, staff=staff)
        return stock.transfer(self.actor, self.row.place, bag, [self.item], key=self.sent_key)


class GiveBackForm(StockForm):
    """Out of a bag into the outlet's store."""

    def save(self) -> Any:
        store = place_of(PlaceKind.STORE, outlet=self.row.place.home)
        return stock.transfer(self.actor, self.row.place, store, [self.item], key=self.sent_key)


class SendForm(StockForm):
    """To another store of the partner, or back to the brand's warehouse."""

    target = forms.ModelChoiceField(label=_("To which place"), queryset=StockPlace.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target"].queryset = self._targets()

    def _targets(self) -> QuerySet[StockPlace]:
        home = self.row.place.home
        for outlet in home.partner.outlets.filter(active=True) if home else ():
            place_of(PlaceKind.STORE, outlet=outlet)
        place_of(PlaceKind.WAREHOUSE)
        stores = Q(kind=PlaceKind.STORE, outlet__partner=home.partner) if home else Q()
        found = StockPlace.objects.filter(stores | Q(kind=PlaceKind.WAREHOUSE)).exclude(pk=self.row.place_id)
        return found.select_related("outlet", "staff")

    def save(self) -> Any:
        values = self.cleaned_data
        return stock.transfer(
            self.actor, self.row.place, values["target"], [self.item], values["reason"], key=self.sent_key
        )


class ReceiveForm(StockForm):
    """What was on the way is here: into the store, or into the own bag."""

    into_bag = forms.BooleanField(label=_("Put it into my bag"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = Staff.objects.filter(user_id=self.actor.user_id, outlet=self.row.place.outlet).first()
        if self.me is None:
            del self.fields["into_bag"]

    def save(self) -> Any:
        into_bag = self.me is not None and self.cleaned_data.get("into_bag")
        bag = place_of(PlaceKind.BAG, staff=self.me) if into_bag else None
        target = bag or place_of(PlaceKind.STORE, outlet=self.row.place.outlet)
        return stock.receive(self.actor, target, [self.item], key=self.sent_key)


class ScrapForm(StockForm):
    """Out of the books, with a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def save(self) -> Any:
        return stock.scrap(self.actor, self.row.place, [self.item], self.cleaned_data["reason"], key=self.sent_key)


class ReorderForm(VersionedForm):
    """When to order again, and up to how many."""

    reorder_at = forms.IntegerField(label=_("Order when so many are left"), min_value=0, max_value=9999)
    order_up_to = forms.IntegerField(
        label=_("Order up to"), min_value=0, max_value=9999, help_text=_("0 takes the reorder point away.")
    )

    def __init__(self, *args: Any, actor: Actor, row: Stock, **kwargs: Any) -> None:
        self.actor, self.row = actor, row
        super().__init__(*args, **kwargs)
        point = ReorderPoint.objects.filter(place=row.place, part=row.part).first()
        self.fields["reorder_at"].initial = point.reorder_at if point else 2
        self.fields["order_up_to"].initial = point.order_up_to if point else 10

    def save(self) -> Any:
        values = self.cleaned_data
        return stock.set_reorder(self.actor, self.row.place, self.row.part, values["reorder_at"], values["order_up_to"])
