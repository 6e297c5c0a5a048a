"""The sheet of authorisations (R033, R105)."""

from partners.models import Authorisation
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class AuthorisationResource(BaseResource):
    class Meta:
        model = Authorisation
        import_id_fields = ("number",)
        fields = ("number", "partner", "product_line", "region", "tier", "valid_from", "valid_until")
        fixed = ("partner",)
