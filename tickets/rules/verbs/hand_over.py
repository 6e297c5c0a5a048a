"""What the service log says of hand-overs."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

ORDERED = register(
    "hand_over_ordered",
    _("Hand-over ordered"),
    _("%(actor)s ordered the hand-over of %(total)s open tickets from %(partner)s to %(successor)s: %(reason)s"),
    icon="transfer",
    colour="orange",
)
NOT_ORDERED = register(
    "hand_over_not_ordered",
    _("Open tickets stay"),
    _("The open tickets were not handed over by themselves: %(reason)s Order the hand-over by hand."),
    icon="alert-triangle",
    colour="red",
)
ENDED = register(
    "hand_over_ended",
    _("Hand-over finished"),
    _("%(moved)s tickets were handed over, %(left)s could not be"),
    icon="checks",
    colour="green",
)
