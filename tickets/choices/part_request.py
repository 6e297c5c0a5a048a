"""Words of part requests, with label and colour (R090)."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class RequestState(ColouredChoices):
    """How far a request for parts has come."""

    REQUESTED = "requested", "azure", _("Requested")
    PROMISED = "promised", "indigo", _("Promised")
    SHIPPED = "shipped", "yellow", _("On the way")
    SUPPLIED = "supplied", "green", _("Supplied")
    CANCELLED = "cancelled", "secondary", pgettext_lazy("of a request", "Withdrawn")


#: While one of these holds, somebody waits for parts.
OPEN_REQUEST = frozenset({RequestState.REQUESTED, RequestState.PROMISED, RequestState.SHIPPED})


class OldPart(ColouredChoices):
    """What became of the part that was taken out."""

    RETURNED = "returned", "green", _("Taken back")
    LEFT = "left", "secondary", _("Left with the customer")
