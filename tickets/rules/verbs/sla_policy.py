"""What the service log says of the versions of the policy (R038, R129)."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

register(
    "policy_drafted",
    _("Policy drafted"),
    _("%(actor)s drafted version %(number)s from version %(base)s: %(note)s"),
    icon="file-plus",
    colour="blue",
)
register(
    "policy_changed",
    _("Policy changed"),
    _("%(actor)s changed version %(number)s: %(what)s"),
    icon="pencil",
    colour="secondary",
)
register(
    "policy_sent",
    _("Policy sent to legal review"),
    _("%(actor)s sent version %(number)s with %(lines)s lines to legal review"),
    icon="send",
    colour="orange",
)
register(
    "policy_approved",
    _("Policy approved"),
    _("%(actor)s approved version %(number)s. Remarks: %(remarks)s"),
    icon="circle-check",
    colour="green",
)
register(
    "policy_returned",
    _("Policy returned"),
    _("%(actor)s returned version %(number)s: %(remarks)s"),
    icon="arrow-back-up",
    colour="red",
)
register(
    "policy_dated",
    _("Policy takes effect"),
    _("%(actor)s put version %(number)s in force from %(effective_on)s on"),
    icon="calendar-check",
    colour="green",
)
register(
    "policy_withdrawn",
    _("Policy withdrawn"),
    _("%(actor)s withdrew version %(number)s: %(reason)s"),
    icon="x",
    colour="red",
)
