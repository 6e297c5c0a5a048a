"""What the journal says of standards and bulletins."""

from django.utils.translation import gettext_lazy as _

from partners.choices.standard import OpinionOutcome
from portal.journal.verbs import register

ANNOUNCED = register(
    "release_announced",
    _("Announced"),
    _("%(actor)s announced version %(number)s to %(partners)s partners; it holds from %(effective_on)s"),
    icon="speakerphone",
    colour="blue",
)
EFFECTIVE = register(
    "release_effective", _("In force"), _("Version %(number)s is in force"), icon="circle-check", colour="green"
)
ENDED = register(
    "release_ended", _("Superseded"), _("Version %(number)s took its place"), icon="replace", colour="yellow"
)
RELEASE_WITHDRAWN = register(
    "release_withdrawn", _("Withdrawn"), _("%(actor)s withdrew it: %(reason)s"), icon="ban", colour="red"
)
ACKNOWLEDGED = register(
    "release_acknowledged",
    _("Read and understood"),
    _("%(actor)s confirmed for %(partner)s: read and understood"),
    icon="checks",
    colour="green",
)
OPINION_GIVEN = register(
    "opinion_given", _("Opinion"), _("%(actor)s said for %(partner)s: %(text)s"), icon="message", colour="azure"
)
OPINION_ANSWERED = register(
    "opinion_answered",
    _("Opinion answered"),
    _("%(actor)s answered %(partner)s (%(outcome)s): %(answer)s"),
    icon="message-reply",
    colour="teal",
    words={"outcome": OpinionOutcome},
)
ADJUSTMENT_PROPOSED = register(
    "adjustment_proposed",
    _("Adjustment proposed"),
    _("%(actor)s proposed %(value)s for clause %(clause)s in %(region)s: %(reason)s"),
    icon="adjustments",
    colour="orange",
)
ADJUSTMENT_DECIDED = register(
    "adjustment_decided",
    _("Adjustment decided"),
    _("%(actor)s decided on clause %(clause)s in %(region)s: %(decision)s. %(reason)s"),
    icon="gavel",
    colour="indigo",
)
