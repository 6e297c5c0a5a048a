"""Forms of a count: start, enter what is there, approve or refuse (R181)."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import stock_count
from partners.actions.ledger import place_of
from partners.actions.stock_count import Found
from partners.choices.stock import COUNTED, PlaceKind
from partners.models import Outlet, SparePart, Staff, StockCount, StockPlace
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.webkit.forms import PageForm


class StartForm(PageForm):
    """Which place is counted."""

    place = forms.ModelChoiceField(label=_("Place"), queryset=StockPlace.objects.none(), empty_label=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)
        for outlet in Outlet.objects.visible_to(actor).filter(active=True):
            place_of(PlaceKind.STORE, outlet=outlet)
        places = StockPlace.objects.visible_to(actor).filter(kind__in=COUNTED).select_related("outlet", "staff")
        if actor.role == Role.TECHNICIAN:
            me = Staff.objects.filter(user_id=actor.user_id).first()
            if me:
                place_of(PlaceKind.BAG, staff=me)
            places = places.filter(kind=PlaceKind.BAG)
        self.fields["place"].queryset = places

    def save(self) -> StockCount:
        return stock_count.open_count(self.actor, self.cleaned_data["place"])


class CountForm(PageForm):
    """A field a line: how many are there, or which serial numbers; the reason where it differs."""

    def __init__(self, *args: Any, actor: Actor, sheet: StockCount, **kwargs: Any) -> None:
        self.actor, self.sheet = actor, sheet
        super().__init__(*args, **kwargs)
        self.lines = list(sheet.lines.select_related("part"))
        for line in self.lines:
            name = f"found_{line.pk}"
            if line.part.serialised:
                there = line.serials or line.part.pieces.filter(place=sheet.place).values_list("serial", flat=True)
                rows = forms.Textarea(attrs={"rows": 3, "class": "form-control"})
                self.fields[name] = forms.CharField(
                    label=_("Serial numbers that are there"), widget=rows, required=False, initial="\n".join(there)
                )
            else:
                number = forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control"})
                self.fields[name] = forms.IntegerField(
                    label=_("Is there"), min_value=0, max_value=999_999, initial=line.found, widget=number
                )
            words = forms.TextInput(attrs={"class": "form-control"})
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=_("Reason of the difference"), max_length=300, required=False, initial=line.reason, widget=words
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """(line, field of what is there, field of the reason), as the page shows them."""
        return [(line, self[f"found_{line.pk}"], self[f"reason_{line.pk}"]) for line in self.lines]

    def save(self) -> StockCount:
        return stock_count.enter(self.actor, self.sheet, {line.pk: self._found(line) for line in self.lines})

    def _found(self, line: Any) -> Found:
        value, reason = self.cleaned_data[f"found_{line.pk}"], self.cleaned_data[f"reason_{line.pk}"]
        if not line.part.serialised:
            return Found(value, (), reason)
        serials = tuple(word for word in re.split(r"[\s,，、;；]+", value) if word)
        return Found(len(serials), serials, reason)


class AddPartForm(PageForm):
    """Something lies there that the sheet does not name."""

    number = forms.CharField(label=_("Part number"), max_length=60)

    def __init__(self, *args: Any, actor: Actor, sheet: StockCount, **kwargs: Any) -> None:
        self.actor, self.sheet = actor, sheet
        super().__init__(*args, **kwargs)

    def clean_number(self) -> SparePart:
        number = self.cleaned_data["number"].strip()
        part = SparePart.objects.visible_to(self.actor).filter(number__iexact=number).first()
        if part is None:
            raise forms.ValidationError(_("There is no part with this number in the parts list."))
        return part

    def save(self) -> Any:
        return stock_count.add_part(self.actor, self.sheet, self.cleaned_data["number"])


class DecideForm(PageForm):
    """The words of whoever approves or refuses; the telephone names the sheet `sheet=`, the admin `row=`."""

    remark = forms.CharField(label=_("Remark"), max_length=500, required=False)

    def __init__(
        self, *args: Any, actor: Actor, sheet: StockCount | None = None, row: StockCount | None = None, **kwargs: Any
    ) -> None:
        self.actor, self.sheet = actor, sheet or row
        super().__init__(*args, **kwargs)

    def save(self) -> StockCount:
        deed = stock_count.approve if self.data.get("decision") == "approve" else stock_count.refuse
        return deed(self.actor, self.sheet, self.cleaned_data["remark"])


class ApproveForm(DecideForm):
    """Post the differences."""

    def save(self) -> StockCount:
        return stock_count.approve(self.actor, self.sheet, self.cleaned_data["remark"])


class RefuseForm(DecideForm):
    """Have it counted again, with a reason."""

    remark = forms.CharField(label=_("Reason"), max_length=500)

    def save(self) -> StockCount:
        return stock_count.refuse(self.actor, self.sheet, self.cleaned_data["remark"])
