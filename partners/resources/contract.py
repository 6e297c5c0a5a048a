"""The sheet of partner contracts (R031)."""

from partners.models import PartnerContract
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class PartnerContractResource(BaseResource):
    class Meta:
        model = PartnerContract
        import_id_fields = ("number",)
        fields = (
            "number",
            "partner",
            "tier",
            "product_lines",
            "signed_on",
            "signed_at",
            "valid_from",
            "valid_until",
            "state",
        )
        shown_only = ("state",)
        fixed = ("partner",)
