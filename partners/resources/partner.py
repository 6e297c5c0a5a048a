"""The sheet of partners (R105, R106, R184)."""

from partners.actions.partner import give_organisation
from partners.models import Partner
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class PartnerResource(BaseResource):
    class Meta:
        model = Partner
        import_id_fields = ("code",)
        fields = (
            "code",
            "name",
            "short_name",
            "channel_type",
            "uscc",
            "uscc_exception",
            "legal_representative",
            "region",
            "address",
            "contact_name",
            "phone",
            "email",
            "since",
            "calendar",
            "standing",
        )
        shown_only = ("standing",)
        personal = {"contact_name": "name", "phone": "phone", "email": "email"}
        region = "region"

    def filled_later(self) -> set[str]:
        return {"organisation"}

    def write(self, instance: Partner, *, new: bool) -> None:
        """A new partner gets the organisation that its accounts will belong to."""
        if new:
            give_organisation(instance)
        super().write(instance, new=new)
