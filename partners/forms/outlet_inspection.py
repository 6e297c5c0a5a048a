"""Forms of the inspection pages: an answer, handing in, a self-inspection, a correction, an objection."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.actions import outlet_inspection as inspecting
from partners.actions import outlet_inspection_finding as correcting
from partners.choices.outlet_inspection import Result
from partners.models import CheckList, Outlet, OutletInspection, OutletInspectionAnswer, OutletInspectionFinding, Staff
from partners.queries import outlet_inspection as inspections
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.webkit.forms import PageForm, VersionedForm
from portal.webkit.photos import PhotosField
from portal.webkit.widgets import SignatureWidget


def _text(label: Any, *, most: int = 1000, rows: int = 3, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class AnswerForm(PageForm):
    """One item; the buttons bring the result."""

    result = forms.ChoiceField(
        choices=Result.choices,
        widget=forms.HiddenInput,
        error_messages={"required": _("Choose one of the four answers.")},
    )
    remark = _text(_("What was found"), rows=2, required=False)
    photos = PhotosField()

    def save(self, actor: Actor, row: OutletInspectionAnswer) -> OutletInspectionAnswer:
        values = self.cleaned_data
        return inspecting.answer(actor, row, values["result"], values["remark"], values["photos"])


class SubmitForm(VersionedForm):
    """Who was there, in a few words what was seen, and the signature on the glass."""

    summary = _text(_("Summary"), most=2000, required=False)
    representative = forms.CharField(label=_("Present for the outlet"), max_length=60, required=False)
    signature = forms.CharField(label=_("Signature of the outlet"), required=False, widget=SignatureWidget)

    def save(self, actor: Actor) -> OutletInspection:
        values = self.cleaned_data
        return inspecting.submit(
            actor,
            self.instance,
            summary=values["summary"],
            representative=values["representative"],
            signature=values["signature"],
            version=self.seen_version,
            key=self.sent_key,
        )


class CallOffForm(PageForm):
    """Why it does not take place."""

    reason = _text(_("Reason"), most=500, rows=2, error_messages={"required": _("Say why it is cancelled.")})

    def save(self, actor: Actor, row: OutletInspection) -> OutletInspection:
        return inspecting.cancel(actor, row, self.cleaned_data["reason"])


class SelfForm(PageForm):
    """Which outlet is looked at, by which list."""

    outlet = forms.ModelChoiceField(label=_("Outlet"), queryset=Outlet.objects.none(), empty_label=None)
    check_list = forms.ModelChoiceField(label=_("Check list"), queryset=CheckList.objects.none(), empty_label=None)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields["outlet"].queryset = inspections.own_outlets(actor)
        self.fields["check_list"].queryset = inspections.lists_in_force(clock.today())

    def save(self) -> OutletInspection:
        return inspecting.begin_self(self.actor, self.cleaned_data["outlet"], self.cleaned_data["check_list"])


class ReportForm(PageForm):
    """What was done, with the proof."""

    measures = _text(_("What was done"), error_messages={"required": _("Say what was done.")})
    photos = PhotosField(
        label=_("Photos of the correction"),
        required=True,
        error_messages={"required": _("Show it: add a photo of the correction.")},
    )

    def save(self, actor: Actor, row: OutletInspectionFinding) -> OutletInspectionFinding:
        return correcting.report(actor, row, self.cleaned_data["measures"], self.cleaned_data["photos"])


class ObjectForm(PageForm):
    """Why the partner sees it otherwise."""

    text = _text(_("Why you see it otherwise"), error_messages={"required": _("Say why you see it otherwise.")})

    def save(self, actor: Actor, row: OutletInspectionFinding) -> OutletInspectionFinding:
        return correcting.object_to(actor, row, self.cleaned_data["text"])


class OwnerForm(PageForm):
    """Who sees to it."""

    owner = forms.ModelChoiceField(label=_("Responsible at the outlet"), queryset=Staff.objects.none())

    def __init__(self, *args: Any, finding: OutletInspectionFinding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Staff.objects.filter(outlet__partner=finding.inspection.outlet.partner_id, active=True)
        self.fields["owner"].queryset = people.order_by("name")
        self.fields["owner"].initial = finding.owner_id

    def save(self, actor: Actor, row: OutletInspectionFinding) -> OutletInspectionFinding:
        return correcting.assign_owner(actor, row, self.cleaned_data["owner"])
