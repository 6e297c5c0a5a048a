"""The steps that a customer makes on his signed link (R061, R215–R217, R220–R222)."""

import base64
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from portal.kernel.errors import InvalidInput
from portal.webkit.widgets import ManyFilesField, SignatureWidget, StarsWidget
from tickets.actions import closure, completion, feedback, request
from tickets.choices import CancelReason, Solved
from tickets.forms.base import StepForm
from tickets.models import Ticket

SCORES = [(n, label) for n, label in enumerate((_("very poor"), _("poor"), _("fair"), _("good"), _("very good")), 1)]
CUSTOMER_FORMS: dict[str, type[StepForm]] = {}


def _offered(form: type[StepForm]) -> type[StepForm]:
    CUSTOMER_FORMS[form.step] = form
    return form


@_offered
class InformationForm(StepForm):
    """More words or files for those who work on it."""

    step = "add_information"
    text = forms.CharField(
        label=_("What do you want to add?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 3})
    )
    files = ManyFilesField(label=_("Photos, video or log files"), required=False, max_mb=20)
    submit_label = _("Send")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        corridor.pop("version")  # to add something contradicts nobody
        return request.add_information(self.actor, self.ticket, **values, **corridor)


@_offered
class ConfirmForm(StepForm):
    """Sign 附件3: drawn, typed, or the stamped form as a picture."""

    step = "confirm"
    solved = forms.ChoiceField(label=_("Is the problem solved?"), choices=Solved.choices, widget=forms.RadioSelect)
    remark = forms.CharField(
        label=_("Your remark"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    signed_by = forms.CharField(label=_("Name of the person who signs"), max_length=60)
    signature = forms.CharField(label=_("Signature"), required=False, widget=SignatureWidget)
    stamped = forms.FileField(label=_("or the stamped form as a photo or PDF"), required=False)
    submit_label = _("Confirm and sign")

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if not values.get("signature") and not values.get("stamped"):
            self.add_error("signature", _("Please sign, or attach the stamped form."))
        return values

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        stamped = values.pop("stamped")
        values["signature"] = stamped or drawn(values["signature"])
        return completion.confirm(self.actor, self.ticket, **values, scanned=bool(stamped), **corridor)


@_offered
class RejectForm(StepForm):
    """Not satisfied: what is missing?"""

    step = "reject"
    reason = forms.CharField(label=_("What is not right?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    submit_label = _("Not solved: send it back")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return completion.reject(self.actor, self.ticket, **values, **corridor)


@_offered
class ReopenForm(RejectForm):
    """The fault came back."""

    step = "reopen"
    submit_label = _("Reopen the request")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return completion.reopen(self.actor, self.ticket, **values, **corridor)


@_offered
class WithdrawForm(StepForm):
    """Withdraw the request before work begins."""

    step = "cancel"
    note = forms.CharField(label=_("Reason"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    submit_label = _("Withdraw the request")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return closure.cancel(self.actor, self.ticket, CancelReason.WITHDRAWN, **values, **corridor)


@_offered
class RateForm(StepForm):
    """附件4 满意度反馈表: four scores from 1 to 5, named or anonymous."""

    step = "rate"
    overall = forms.TypedChoiceField(label=_("Overall"), choices=SCORES, coerce=int, widget=StarsWidget)
    timeliness = forms.TypedChoiceField(label=_("Timeliness"), choices=SCORES, coerce=int, widget=StarsWidget)
    competence = forms.TypedChoiceField(label=_("Technical ability"), choices=SCORES, coerce=int, widget=StarsWidget)
    attitude = forms.TypedChoiceField(label=_("Attitude"), choices=SCORES, coerce=int, widget=StarsWidget)
    suggestions = forms.CharField(
        label=_("Opinions and suggestions"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    anonymous = forms.BooleanField(
        label=_("Rate anonymously"), required=False,
        help_text=_("Neither the partner nor the brand sees from whom it comes; then nobody can call you back."),
    )  # fmt: skip
    submit_label = _("Send the rating")

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        corridor.pop("version")
        return feedback.rate(self.actor, self.ticket, **values, **corridor)


def drawn(data_url: str) -> ContentFile:
    """The drawn signature as a file; InvalidInput when the picture did not arrive whole."""
    head, _comma, data = data_url.partition(",")
    try:
        if head != "data:image/png;base64":
            raise ValueError
        return ContentFile(base64.b64decode(data, validate=True), name="signature.png")
    except ValueError as error:
        raise InvalidInput(_("The drawn signature did not arrive whole. Draw it again."), field="signature") from error
