"""Forms of standards and bulletins, for the admin's deeds and the partner's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from partners.actions import adjustment, standard, standard_reply
from partners.choices import ChannelType
from partners.choices.standard import OpinionOutcome
from partners.forms.region import regions_field
from partners.models import Adjustment, Clause, Opinion, Publication, Receipt, Release
from partners.rules.standard import NOTICE_DAYS, written
from portal.accounts.actor import Actor
from portal.kernel.named_fields import NamesItsFields
from portal.webkit.forms import PageForm


class PublicationForm(NamesItsFields, forms.ModelForm):
    """The document: whom it concerns is chosen, not typed."""

    channel_types = forms.MultipleChoiceField(
        label=_("Channel types"),
        choices=ChannelType.choices,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=_("None chosen: partners of every type."),
    )
    regions = regions_field(label=_("Regions"), help_text=_("None named: everywhere."))

    class Meta:
        model = Publication
        fields = ("code", "kind", "title", "channel_types", "product_lines", "regions")


class _Deed(NamesItsFields, forms.Form):
    """Base of the forms behind a button."""

    def __init__(self, *args: Any, actor: Actor, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.row = actor, row


class DraftForm(_Deed):
    """Nothing to say but yes."""

    row: Publication

    def save(self) -> Release:
        return standard.draft(self.actor, self.row)


class AnnounceForm(_Deed):
    """From when it holds, and until when opinions are asked for."""

    row: Release
    effective_on = forms.DateField(
        label=_("Effective from"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("A major change is announced at least %(days)d days ahead.") % {"days": NOTICE_DAYS},
    )
    opinions_until = forms.DateField(
        label=_("Opinions until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: opinions are welcome, but nobody is asked for them by a day."),
    )

    def save(self) -> Release:
        values = self.cleaned_data
        return standard.announce(self.actor, self.row, values["effective_on"], values["opinions_until"])


class WithdrawForm(_Deed):
    """Why it does not hold."""

    row: Release
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def save(self) -> Release:
        return standard.withdraw(self.actor, self.row, self.cleaned_data["reason"])


class AttachForm(_Deed):
    """The paper itself, a drawing, a table."""

    row: Release
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, Excel, text or a picture."))

    def save(self) -> Any:
        return standard.attach(self.actor, self.row, self.cleaned_data["file"])


class AnswerForm(_Deed):
    """What became of an opinion, in words that the partner reads."""

    row: Opinion
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[(o.value, o.label) for o in OpinionOutcome if o != OpinionOutcome.OPEN]
    )
    answer = forms.CharField(label=_("Answer"), max_length=2000, widget=forms.Textarea)

    def save(self) -> Opinion:
        values = self.cleaned_data
        return standard_reply.answer_opinion(self.actor, self.row, values["outcome"], values["answer"])


class ApproveForm(_Deed):
    """Why the region may have another figure."""

    row: Adjustment
    approve = True
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def save(self) -> Adjustment:
        reason = self.cleaned_data["reason"]
        return adjustment.decide(self.actor, self.row, approve=self.approve, reason=reason)


class RejectForm(ApproveForm):
    """Why it may not."""

    approve = False


class AcknowledgeForm(PageForm):
    """Read and understood: the box must be ticked by a person."""

    understood = forms.BooleanField(
        label=_("I have read it, I understand it, and my colleagues have been told."),
        error_messages={"required": _("Tick the box to confirm.")},
    )

    def save(self, actor: Actor, release: Release) -> Receipt:
        return standard_reply.acknowledge(actor, release)


class OpinionForm(PageForm):
    """An opinion on the whole, or on one clause."""

    clause_number = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(
        label=_("Your opinion"),
        max_length=standard_reply.LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what you think before you send it.")},
    )

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.release = release
        clauses = [(clause.number, str(clause)) for clause in release.clauses.all()]
        self.fields["clause_number"].choices = [("", _("The whole document")), *clauses]

    def save(self, actor: Actor) -> Opinion:
        values = self.cleaned_data
        return standard_reply.give_opinion(actor, self.release, values["text"], values["clause_number"])


class ProposeForm(PageForm):
    """Another figure for the partner's region."""

    value = forms.DecimalField(label=_("Figure for your region"), max_digits=10, decimal_places=2)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, clause: Clause, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clause, self.region = clause, region
        self.fields["value"].help_text = self._bounds()

    def _bounds(self) -> str:
        """Between which figures the region may choose."""
        lowest, highest = self.clause.lowest, self.clause.highest
        if lowest is not None and highest is not None:
            named = {"lowest": written(lowest), "highest": written(highest), "unit": self.clause.get_unit_display()}
            return str(_("From %(lowest)s to %(highest)s %(unit)s.") % named)
        if lowest is not None:
            return str(_("At least %(bound)s.") % {"bound": written(lowest)})
        return str(_("At most %(bound)s.") % {"bound": written(highest)}) if highest is not None else ""

    def save(self, actor: Actor) -> Adjustment:
        values = self.cleaned_data
        return adjustment.propose(actor, self.clause, self.region, values["value"], values["reason"])
