"""The sheet of standards and bulletins: documents and whom they concern; versions are announced by their own step."""

from partners.models import Publication
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class PublicationResource(BaseResource):
    class Meta:
        model = Publication
        import_id_fields = ("code",)
        fields = ("code", "kind", "title", "channel_types", "product_lines", "regions")
        fixed = ("kind",)
