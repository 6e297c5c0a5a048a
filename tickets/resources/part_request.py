"""Part requests as a sheet to take out; their steps write them, never a sheet (R090)."""

from portal.exchange.registry import register
from portal.exchange.resource import BaseResource
from tickets.models import PartRequest

_FIELDS = (
    "number", "part", "quantity", "outlet", "ticket", "state", "promised_until", "expected_on",
    "cancel_reason",
)  # fmt: skip


@register
class PartRequestResource(BaseResource):
    class Meta:
        model = PartRequest
        import_id_fields = ("number",)
        links = {"part": "number", "ticket": "number"}
        fields = _FIELDS
        shown_only = _FIELDS
