"""Tickets with 附件1–4 as a sheet to take out; steps and `import_log` write them (R195, R212, R216, R220)."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.exchange.columns import Column
from portal.exchange.kinds import cell_for
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from tickets.models import CompletionConfirmation, ProgressEntry, SatisfactionFeedback, Ticket

_INTAKE = (
    "number", "state", "channel", "category", "urgency", "tier", "title", "description", "customer", "customer_name",
    "contact_name", "contact_phone", "contact_email", "region", "address", "agreement", "product_line", "product_model",
    "serial_number", "contract_number", "warranty_until", "warranty", "registrar", "partner", "outlet", "department",
    "owner", "mode",
)  # fmt: skip
_MOMENTS = (
    "received_at", "registered_at", "dispatched_at", "accepted_at", "arrived_at", "started_at", "completed_at",
    "confirmed_at", "closed_at", "cancelled_at", "cancel_reason", "cycle", "external_id",
)  # fmt: skip


class RecordColumn(Column):
    """A field of the newest record of one kind; empty where there is none."""

    def __init__(self, model: Any, name: str, label: Any, newest: Callable[[Any], Any]) -> None:
        field = model._meta.get_field(name)
        super().__init__(f"{model._meta.model_name}_{name}", cell_for(field), label, shown_only=True)
        self.name, self.newest = name, newest

    def get_value(self, instance: Any) -> Any:
        record = self.newest(instance)
        return getattr(record, self.name) if record is not None else None


def _last(name: str) -> Callable[[Ticket], Any]:
    def newest(ticket: Ticket) -> Any:
        kept = [record for record in getattr(ticket, name).all() if not record.superseded]
        return kept[-1] if kept else None

    return newest


def _progress(name: str, label: Any) -> RecordColumn:
    return RecordColumn(ProgressEntry, name, label, _last("progressentry_set"))


def _completion(name: str, label: Any) -> RecordColumn:
    return RecordColumn(CompletionConfirmation, name, label, _last("completionconfirmation_set"))


def _feedback(name: str, label: Any) -> RecordColumn:
    return RecordColumn(SatisfactionFeedback, name, label, lambda ticket: getattr(ticket, "feedback", None))


@register
class TicketResource(BaseResource):
    updated_on = _progress("updated_on", _("Date of update"))
    measures = _progress("measures", _("Measures taken"))
    next_step = _progress("next_step", _("Next step"))
    service_from = _completion("service_from", _("Service from"))
    service_until = _completion("service_until", _("Service until"))
    cause = _completion("cause", _("Cause of the fault"))
    result = _completion("work_and_result", _("Work done and result"))
    charge = _completion("charge", _("Charge in yuan"))
    technician = _completion("technician", _("Service technician"))
    solved = _completion("solved", _("Solved?"))
    overall = _feedback("overall", _("Overall"))
    timeliness = _feedback("timeliness", _("Timeliness"))
    competence = _feedback("competence", _("Technical ability"))
    attitude = _feedback("attitude", _("Attitude"))
    suggestions = _feedback("suggestions", _("Opinions and suggestions"))

    class Meta:
        model = Ticket
        import_id_fields = ("number",)
        fields = (
            *_INTAKE, *_MOMENTS, "updated_on", "measures", "next_step", "service_from", "service_until", "cause",
            "result", "charge", "technician", "solved", "overall", "timeliness", "competence", "attitude",
            "suggestions",
        )  # fmt: skip
        links = {"agreement": "number", "registrar": "username", "owner": "number"}
        shown_only = (*_INTAKE, *_MOMENTS)
        personal = {"contact_name": "name", "contact_phone": "phone", "contact_email": "email", "address": "address"}

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("feedback")
        return rows.prefetch_related("progressentry_set", "completionconfirmation_set")
