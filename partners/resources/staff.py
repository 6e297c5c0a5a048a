"""The sheets of staff and of their certificates (R115, R173)."""

from partners.actions import certificate
from partners.models import Certificate, Staff
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class StaffResource(BaseResource):
    class Meta:
        model = Staff
        import_id_fields = ("number",)
        fields = ("number", "outlet", "name", "post", "phone", "user", "on_duty", "active")
        links = {"user": "username"}
        personal = {"phone": "phone"}


@register
class CertificateResource(BaseResource):
    class Meta:
        model = Certificate
        import_id_fields = ("number",)
        fields = ("number", "staff", "product_line", "course", "valid_from", "valid_until", "source")
        shown_only = ("source",)
        links = {"staff": "number"}
        fixed = ("staff", "product_line", "course")

    def write(self, instance: Certificate, *, new: bool) -> None:
        """A new certificate is issued, so its holder's journal says so."""
        if new:
            certificate.register(self.actor, instance)
        else:
            super().write(instance, new=new)
