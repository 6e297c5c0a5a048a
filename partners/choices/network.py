"""Words of the partner network, with label and colour."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class ChannelType(models.TextChoices):
    """Kinds of partner (R106)."""

    AGENT = "agent", _("Agent")
    DISTRIBUTOR = "distributor", _("Distributor")
    RETAILER = "retailer", _("Retailer")
    FRANCHISE = "franchise", _("Franchise store")
    SERVICE_CENTRE = "service_centre", _("Authorised service centre")
    ONLINE = "online", _("Online service platform")
    THIRD_PARTY = "third_party", _("Third-party service provider")


class Standing(ColouredChoices):
    """How a partner stands with the brand (R016, R033)."""

    ACTIVE = "active", "green", _("In good standing")
    WARNED = "warned", "yellow", _("Warned")
    SCOPE_REDUCED = "scope_reduced", "orange", _("Scope reduced")
    SUSPENDED = "suspended", "red", _("Cooperation suspended")
    TERMINATED = "terminated", "secondary", _("Terminated")


class ServiceTier(ColouredChoices):
    """The three tiers of service (R008)."""

    BASIC = "basic", "secondary", _("Basic")
    ADVANCED = "advanced", "blue", _("Advanced")
    CUSTOMISED = "customised", "purple", _("Customised")


class Post(models.TextChoices):
    """Posts at an outlet (R173)."""

    REPRESENTATIVE = "representative", _("Customer service representative")
    SUPPORT_ENGINEER = "support_engineer", _("Technical support engineer")
    TECHNICIAN = "technician", _("Repair technician")
    DISPATCHER = "dispatcher", _("Dispatcher")
    MANAGER = "manager", _("Outlet manager")


class ContractState(ColouredChoices):
    """A contract's life, as far as dispatching asks for it."""

    DRAFT = "draft", "secondary", _("Draft")
    IN_FORCE = "in_force", "green", _("In force")
    EXPIRED = "expired", "orange", _("Expired")
    TERMINATED = "terminated", "red", _("Terminated")
