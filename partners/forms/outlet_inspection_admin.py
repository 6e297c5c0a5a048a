"""Forms behind the buttons of check lists, inspections, findings and draws in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelectWidget,
)

from partners.actions import outlet_inspection as inspecting
from partners.actions import outlet_inspection_draw as drawing
from partners.actions import outlet_inspection_finding as correcting
from partners.actions import outlet_inspection_list as listing
from partners.actions import outlet_inspection_plan as planning
from partners.choices import ChannelType, ServiceTier
from partners.choices.outlet_inspection import InspectionKind
from partners.forms.region import regions_field
from partners.models import CheckList, OutletDraw
from partners.queries import outlet_inspection as inspections
from partners.queries.people import department
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.named_fields import NamesItsFields

_DAY = forms.DateInput(attrs={"type": "date"})


def _inspectors(region: str = "") -> Any:
    return User.objects.filter(pk__in=[user.pk for user in department([Role.BRAND_MANAGER], region)])


def _words(label: Any, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=1000, required=required, widget=forms.Textarea(attrs={"rows": 3}))


class _Deed(NamesItsFields, forms.Form):
    """Base of the forms behind a button."""

    def __init__(self, *args: Any, actor: Actor, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class DraftForm(_Deed):
    """Nothing to say but yes."""

    def save(self) -> Any:
        return listing.draft(self.actor, self.row)


class ReleaseForm(_Deed):
    """From when the version holds."""

    valid_from = forms.DateField(
        label=_("In force from"),
        widget=_DAY,
        help_text=_("After this nothing in the version changes: the next change is a new version."),
    )

    def save(self) -> Any:
        return listing.release(self.actor, self.row, self.cleaned_data["valid_from"])


class PlanForm(_Deed):
    """Which list, when, who, announced or not; the row is an outlet."""

    KINDS = (InspectionKind.PLANNED, InspectionKind.MYSTERY)
    check_list = forms.ModelChoiceField(label=_("Check list"), queryset=CheckList.objects.none())
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        help_text=_("The partner is told of a regular inspection; a mystery customer he sees only afterwards."),
    )
    planned_on = forms.DateField(label=_("Planned for"), widget=_DAY)
    inspector = forms.ModelChoiceField(label=_("Inspector"), queryset=User.objects.none(), required=False)
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check_list"].queryset = inspections.lists_in_force(clock.today())
        self.fields["inspector"].queryset = _inspectors(self.row.region)

    def save(self) -> Any:
        values = self.cleaned_data
        return planning.plan(
            self.actor,
            self.row,
            values["check_list"],
            values["planned_on"],
            kind=values["kind"],
            inspector=values["inspector"],
            note=values["note"],
        )


class AssignForm(_Deed):
    """Who goes there, and when."""

    inspector = forms.ModelChoiceField(label=_("Inspector"), queryset=User.objects.none())
    planned_on = forms.DateField(label=_("Planned for"), widget=_DAY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = _inspectors(self.row.outlet.region)
        self.fields["inspector"].initial = self.row.inspector_id
        self.fields["planned_on"].initial = self.row.planned_on

    def save(self) -> Any:
        values = self.cleaned_data
        return planning.assign(self.actor, self.row, values["inspector"], values["planned_on"])


class CancelForm(_Deed):
    """Why it does not take place."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def save(self) -> Any:
        return inspecting.cancel(self.actor, self.row, self.cleaned_data["reason"])


class CloseForm(_Deed):
    """Nothing to say but yes."""

    def save(self) -> Any:
        return inspecting.close(self.actor, self.row)


class ReCheckForm(_Deed):
    """When somebody looks at the open findings again."""

    planned_on = forms.DateField(label=_("Planned for"), widget=_DAY)
    inspector = forms.ModelChoiceField(label=_("Inspector"), queryset=User.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspector"].queryset = _inspectors(self.row.outlet.region)

    def save(self) -> Any:
        values = self.cleaned_data
        return planning.order_re_check(self.actor, self.row, values["planned_on"], values["inspector"])


class AcceptForm(_Deed):
    """A remark where there is one."""

    remark = _words(_("Remark"), required=False)

    def save(self) -> Any:
        return correcting.accept(self.actor, self.row, self.cleaned_data["remark"])


class SendBackForm(_Deed):
    """What is still wrong, and until when."""

    reason = _words(_("What is still wrong"))
    due_on = forms.DateField(
        label=_("New deadline"), widget=_DAY, required=False, help_text=_("Empty: the deadline stays.")
    )

    def save(self) -> Any:
        values = self.cleaned_data
        return correcting.send_back(self.actor, self.row, values["reason"], values["due_on"])


class KeepForm(_Deed):
    """Why the finding stays although the partner objects."""

    upheld = False
    answer = _words(_("Answer"))

    def save(self) -> Any:
        return correcting.answer_objection(self.actor, self.row, self.cleaned_data["answer"], upheld=self.upheld)


class DropForm(KeepForm):
    """Why the partner is right: the finding is dropped and the score reckoned anew."""

    upheld = True


class DrawForm(NamesItsFields, forms.ModelForm):
    """Of which outlets how many are drawn, by which list, for when."""

    #: Set by the admin: whose outlets are drawn.
    actor: Actor
    check_list = forms.ModelChoiceField(
        label=_("Check list"), queryset=CheckList.objects.none(), widget=UnfoldAdminSelectWidget
    )
    regions = regions_field(label=_("Regions"), help_text=_("None named: everywhere in your sight."))
    channel_types = forms.MultipleChoiceField(
        label=_("Channel types"),
        choices=ChannelType.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None chosen: partners of every type."),
    )
    tiers = forms.MultipleChoiceField(
        label=_("Service tiers"),
        choices=ServiceTier.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None chosen: outlets of every tier."),
    )
    inspector = forms.ModelChoiceField(
        label=_("Inspector"), queryset=User.objects.none(), required=False, widget=UnfoldAdminSelectWidget
    )

    class Meta:
        model = OutletDraw
        fields = ("size", "planned_on", "regions", "channel_types", "tiers", "not_since", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["check_list"].queryset = inspections.lists_in_force(clock.today())
        self.fields["inspector"].queryset = _inspectors()

    def clean(self) -> dict[str, Any]:
        """What the action would refuse is said at its field, so that nothing typed is lost."""
        values = super().clean() or self.cleaned_data
        day, check_list = values.get("planned_on"), values.get("check_list")
        if day and day < clock.today():
            self.add_error("planned_on", _("Choose today or a later day."))
        elif day and check_list:
            version = inspections.in_force(check_list, day)
            if version is None:
                self.add_error("check_list", _("No version of this list is in force on that day."))
            else:
                self.instance.check_version = version
        filters = {name: values.get(name) for name in ("regions", "channel_types", "tiers", "not_since")}
        outlets = inspections.population(self.actor, **filters)
        if not outlets.exists():
            raise ValidationError(_("No outlet fits these filters: widen them."))
        if day and check_list and not (values.get("reason") or "").strip():
            earlier = inspections.drawn_before(check_list, day, outlets.values_list("code", flat=True))
            if earlier is not None:
                self.add_error("reason", drawing.asked_again(earlier))
        who = values.get("inspector")
        if who is not None and not all(
            who in department([Role.BRAND_MANAGER], region) for region in set(outlets.values_list("region", flat=True))
        ):
            self.add_error("inspector", _("The inspector must be a brand manager of every region drawn from."))
        return values

    def draw(self, row: OutletDraw) -> OutletDraw:
        """Make the draw of the cleaned values."""
        return drawing.draw(self.actor, row, self.cleaned_data["inspector"])
