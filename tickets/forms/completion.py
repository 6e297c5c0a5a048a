"""附件3 with its parts, and the answer to a consultation (R134–R136, R201, R215, R216)."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partners.models import Article, Stock, Tool
from partners.queries.stock import drawable
from partners.queries.tool import measuring
from portal.kernel import clock
from tickets import choices
from tickets.actions import completion
from tickets.actions.parts_drawn import tracked
from tickets.forms.base import StepForm
from tickets.forms.controls import PhotosField, long_text, moment_field, to_the_minute
from tickets.forms.part import PartFormSet
from tickets.forms.steps import step_form
from tickets.models import Ticket
from tickets.queries.article import offered_to_answer


@step_form
class CompleteForm(StepForm):
    """All of 附件3; the customer gets it to sign."""

    step = "complete"
    service_from = moment_field(_("Service from"))
    service_until = moment_field(_("Service until"))
    cause = long_text(_("Cause of the fault"), rows=2)
    work_and_result = long_text(_("Work done and result"), rows=4)
    inspection = forms.MultipleChoiceField(
        label=_("Quality inspection"),
        choices=choices.InspectionItem.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick what was inspected.")},
    )
    inspection_passed = forms.BooleanField(
        label=_("Quality inspection passed"),
        error_messages={"required": _("The quality inspection has not passed: finish the repair first.")},
    )
    explained = forms.BooleanField(
        label=_("Cause, work and care were explained to the customer"),
        error_messages={"required": _("Explain the repair to the customer before you complete it.")},
    )
    labour_charge = forms.DecimalField(
        label=_("Labour charge in yuan"), max_digits=12, decimal_places=2, min_value=0, required=False, initial=0
    )
    tools = forms.ModelMultipleChoiceField(
        Tool.objects.none(),
        label=_("Tools and test equipment used"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Only what is in use and calibrated today."),
    )
    files = PhotosField(help_text=_("For example the repaired place and the inspection."))

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        given = data if data is not None and "parts-TOTAL_FORMS" in data else None
        self.tracked = tracked(self.ticket)
        self.parts = PartFormSet(given, prefix="parts", form_kwargs={"tracked": self.tracked})
        self.fields["service_from"].initial = to_the_minute(self._begin())
        self.fields["service_until"].initial = to_the_minute(clock.now())
        self._offer_tools()

    def _offer_tools(self) -> None:
        """What the outlet may measure with today; where it has nothing, nothing is asked (R179, R209)."""
        rows = measuring(self.ticket.outlet if self.tracked else None, clock.today())
        field = self.fields["tools"]
        field.queryset, field.label_from_instance = rows, _named
        self.offers_tools = bool(rows)
        if not self.offers_tools:
            del self.fields["tools"]

    def _begin(self) -> datetime:
        return self.ticket.arrived_at or self.ticket.started_at or clock.now()

    @cached_property
    def at_hand(self) -> list[Stock]:
        """What the technician can fit: his bag, then his outlet's store."""
        return drawable(self.ticket.outlet, self.ticket.owner) if self.tracked else []

    def is_valid(self) -> bool:
        """The sheet and every line of parts."""
        sheet = super().is_valid()
        return (not self.parts.is_bound or self.parts.is_valid()) and sheet

    def clean_labour_charge(self) -> Decimal:
        """Nothing typed is nothing charged."""
        return self.cleaned_data["labour_charge"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        """An end after the beginning, and not in the future."""
        values = super().clean() or self.cleaned_data
        begin, end = values.get("service_from"), values.get("service_until")
        if begin and end and end < begin:
            self.add_error("service_until", _("The service cannot end before it begins."))
        elif end and end > clock.now():
            self.add_error("service_until", _("This time has not come yet: enter when the service really ended."))
        return values

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return completion.complete(self.actor, self.ticket, parts=self._parts(), **values, **corridor)

    def _parts(self) -> list[dict[str, Any]]:
        return list(_lines(self.parts.forms)) if self.parts.is_bound else []


def _named(tool: Tool) -> str:
    """A tool as a technician knows it: type, asset number, until when it is calibrated."""
    words = gettext("calibrated until")
    until = f" · {words} {tool.due_on}" if tool.due_on and tool.type.interval_months else ""
    return f"{tool.type.name} · {tool.number}{until}"


def _lines(rows: Iterable[forms.Form]) -> Iterable[dict[str, Any]]:
    """The filled lines as the action takes them."""
    for row in rows:
        if row.cleaned_data.get("part_number"):
            yield {name: value for name, value in row.cleaned_data.items() if name != "DELETE"}


@step_form
class AnswerForm(StepForm):
    """The answer to a consultation, and the article that it came from."""

    step = "answer"
    answer = long_text(_("Answer"), rows=5, help_text=_("The customer reads it and confirms."))
    article = forms.ModelChoiceField(
        Article.objects.none(),
        label=_("Knowledge article"),
        required=False,
        empty_label=_("none of them"),
        help_text=_(
            "The article that the answer comes from: those attached to the ticket, and those that are like it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = offered_to_answer(self.actor, self.ticket)
        field = self.fields["article"]
        field.queryset = Article.objects.readable_by(self.actor).filter(pk__in=[row.pk for row in offered])
        if not offered:
            del self.fields["article"]

    def act(self, values: dict[str, Any], **corridor: Any) -> Ticket:
        return completion.answer(self.actor, self.ticket, **values, **corridor)
