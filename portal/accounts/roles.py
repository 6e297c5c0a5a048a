"""The roles of spec/roles.md, and the groups that rules speak of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Who somebody is towards the portal; one person holds one at a time."""

    BRAND_MANAGER = "brand_manager", _("Brand manager")
    SERVICE_DESK = "service_desk", _("Service desk")
    LEGAL = "legal", _("Legal department")
    TECHNICAL = "technical", _("Technical department")
    MARKETING = "marketing", _("Marketing department")
    PARTNER_MANAGER = "partner_manager", _("Partner manager")
    DISPATCHER = "dispatcher", _("Dispatcher")
    TECHNICIAN = "technician", _("Service technician")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")
    CUSTOMER = "customer", _("Customer")
    SYSTEM = "system", _("System")


BRAND = frozenset({Role.BRAND_MANAGER, Role.SERVICE_DESK, Role.LEGAL, Role.TECHNICAL, Role.MARKETING})
PARTNER = frozenset({Role.PARTNER_MANAGER, Role.DISPATCHER, Role.TECHNICIAN})
DESK = frozenset({Role.BRAND_MANAGER, Role.SERVICE_DESK})
ADMIN_SITE = BRAND | {Role.AUDITOR, Role.ADMINISTRATOR}
READERS = BRAND | {Role.AUDITOR}

#: Which roles an organisation of each kind can give to its people.
ROLES_OF_KIND: dict[str, frozenset[Role]] = {
    "brand": BRAND | {Role.ADMINISTRATOR},
    "partner": PARTNER,
    "auditor": frozenset({Role.AUDITOR}),
}
