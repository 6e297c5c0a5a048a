"""Words of warnings: who stands on the ladder of a clock that runs out."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class Audience(ColouredChoices):
    """The levels, each the next one up; where nobody of a level is at work, the next one gets it."""

    OWNER = "owner", "blue", _("Responsible person")
    DISPATCHER = "dispatcher", "indigo", _("Dispatcher")
    PARTNER_MANAGER = "partner_manager", "purple", _("Partner manager")
    SERVICE_DESK = "service_desk", "azure", _("Service desk")
    DUTY_OFFICER = "duty_officer", "red", _("Duty officer of the brand")
