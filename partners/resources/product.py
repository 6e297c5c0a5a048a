"""The sheets of product lines and models (R187)."""

from partners.models import ProductLine, ProductModel
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class ProductLineResource(BaseResource):
    class Meta:
        model = ProductLine
        import_id_fields = ("code",)
        fields = ("code", "name", "needs_certificate")


@register
class ProductModelResource(BaseResource):
    class Meta:
        model = ProductModel
        import_id_fields = ("code",)
        fields = ("code", "name", "line")
