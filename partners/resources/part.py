"""The sheet of the parts list (R134, R181)."""

from partners.models import SparePart
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class SparePartResource(BaseResource):
    class Meta:
        model = SparePart
        import_id_fields = ("number",)
        links = {"superseded_by": "number"}
        fields = (
            "number",
            "name",
            "product_lines",
            "fits",
            "unit",
            "certified",
            "serialised",
            "cost_price",
            "valid_from",
            "valid_until",
            "superseded_by",
        )
