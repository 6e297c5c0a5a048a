"""What the service log says of a delivery (R128)."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

register(
    "deliver",
    _("Delivered"),
    _("%(actor)s handed the product over at %(delivered_at)s. %(note)s"),
    public=True,
    icon="truck-delivery",
    colour="teal",
)
