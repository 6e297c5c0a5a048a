"""Forms of a request for parts, on the telephone and in the admin (R090, R180)."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions.ledger import place_of
from partners.choices.stock import PlaceKind
from partners.models import Outlet, SparePart, Staff
from portal.accounts.actor import Actor
from portal.webkit.forms import PageForm, VersionedForm
from tickets.actions import part_request
from tickets.models import PartRequest, Ticket


class AskForm(VersionedForm):
    """Which part, how many, for which outlet; from a ticket the outlet is known."""

    number = forms.CharField(
        label=_("Part number"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "parts-list", "autocomplete": "off", "autocapitalize": "characters"}),
    )
    quantity = forms.IntegerField(label=_("Quantity"), min_value=1, max_value=part_request.MOST, initial=1)
    outlet = forms.ModelChoiceField(label=_("Outlet"), queryset=Outlet.objects.none(), empty_label=None)
    note = forms.CharField(
        label=_("Note"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What it is for, and by when you need it."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, ticket: Ticket | None = None, **kwargs: Any) -> None:
        self.actor, self.ticket = actor, ticket
        super().__init__(*args, **kwargs)
        if ticket is not None:
            del self.fields["outlet"]
        else:
            self.fields["outlet"].queryset = Outlet.objects.visible_to(actor).filter(active=True)

    def clean_number(self) -> SparePart:
        number = self.cleaned_data["number"].strip()
        part = SparePart.objects.visible_to(self.actor).filter(number__iexact=number).first()
        if part is None:
            raise forms.ValidationError(_("There is no part with this number in the parts list."))
        return part

    def save(self) -> PartRequest:
        values = self.cleaned_data
        outlet = self.ticket.outlet if self.ticket else values["outlet"]
        return part_request.request(
            self.actor,
            values["number"],
            values["quantity"],
            ticket=self.ticket,
            outlet=outlet,
            note=values["note"],
            key=self.sent_key,
        )


class RequestForm(PageForm):
    """Base of the steps of a request; serves the telephone and the admin."""

    def __init__(self, *args: Any, actor: Actor, row: PartRequest, **kwargs: Any) -> None:
        self.actor, self.row = actor, row
        super().__init__(*args, **kwargs)


class PromiseForm(RequestForm):
    """The day on which the outlet will have it."""

    until = forms.DateField(
        label=_("Promised for"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The first promise is what the figure is about; a later one only tells what to expect."),
    )  # fmt: skip
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def save(self) -> PartRequest:
        values = self.cleaned_data
        return part_request.promise(self.actor, self.row, values["until"], values["note"])


class ShipForm(RequestForm):
    """Out of the warehouse; the pieces with serial numbers are named."""

    serials = forms.MultipleChoiceField(
        label=_("Serial numbers"), widget=forms.CheckboxSelectMultiple, help_text=_("Tick the pieces that are sent.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.row.part
        if not part.serialised:
            del self.fields["serials"]
            return
        pieces = part.pieces.filter(place=place_of(PlaceKind.WAREHOUSE)).values_list("serial", flat=True)
        self.fields["serials"].choices = [(serial, serial) for serial in pieces]

    def save(self) -> PartRequest:
        return part_request.ship(self.actor, self.row, self.cleaned_data.get("serials", ()))


class ArrivedForm(RequestForm):
    """It is here: into the store, or into the own bag."""

    into_bag = forms.BooleanField(label=_("Put it into my bag"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.me = Staff.objects.filter(user_id=self.actor.user_id, outlet=self.row.outlet).first()
        if self.me is None:
            del self.fields["into_bag"]
        else:
            self.fields["into_bag"].initial = self.row.ticket_id is not None

    def save(self) -> PartRequest:
        into_bag = self.me is not None and self.cleaned_data.get("into_bag")
        target = place_of(PlaceKind.BAG, staff=self.me) if into_bag else None
        return part_request.receive(self.actor, self.row, target)


class HandOutForm(RequestForm):
    """The store has it: to whom."""

    target = forms.ModelChoiceField(label=_("Technician"), queryset=Staff.objects.none(), empty_label=None)
    serials = forms.MultipleChoiceField(label=_("Serial numbers"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Staff.objects.filter(outlet=self.row.outlet, active=True, user__isnull=False)
        self.fields["target"].queryset = people
        self.fields["target"].initial = self.row.ticket.owner_id if self.row.ticket else None
        store = place_of(PlaceKind.STORE, outlet=self.row.outlet)
        pieces = self.row.part.pieces.filter(place=store).values_list("serial", flat=True)
        self.fields["serials"].choices = [(serial, serial) for serial in pieces]
        if not self.row.part.serialised:
            del self.fields["serials"]

    def save(self) -> PartRequest:
        bag = place_of(PlaceKind.BAG, staff=self.cleaned_data["target"])
        return part_request.hand_out(self.actor, self.row, bag, self.cleaned_data.get("serials", ()))


class WithdrawForm(RequestForm):
    """Why nobody needs it any more."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def save(self) -> PartRequest:
        return part_request.cancel(self.actor, self.row, self.cleaned_data["reason"])
