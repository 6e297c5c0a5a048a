"""The sheet of outlets (R182)."""

from django.utils.translation import gettext_lazy as _

from partners.choices import ServiceTier
from partners.models import Outlet
from portal.exchange.cells import ChoiceCell, ListCell
from portal.exchange.columns import Column
from portal.exchange.registry import register
from portal.exchange.resource import BaseResource


@register
class OutletResource(BaseResource):
    tiers = Column("tiers", ListCell(ChoiceCell(ServiceTier.choices)), _("Service tiers"))

    class Meta:
        model = Outlet
        import_id_fields = ("code",)
        fields = (
            "code",
            "partner",
            "name",
            "region",
            "address",
            "phone",
            "coverage",
            "product_lines",
            "tiers",
            "capacity",
            "active",
            "calendar",
        )
        fixed = ("partner",)
        region = "region"
