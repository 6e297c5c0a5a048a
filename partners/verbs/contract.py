"""What the journal says of contracts, their versions and authorisations."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

DRAFTED = register(
    "contract_drafted",
    _("Contract version written"),
    _("%(actor)s wrote version %(version)s of contract %(number)s: %(reason)s"),
    icon="file-pencil",
)
TO_LEGAL = register(
    "contract_to_legal",
    _("Sent to the legal department"),
    _("%(actor)s sent version %(version)s of contract %(number)s to the legal department"),
    icon="gavel",
    colour="purple",
)
CLEARED = register(
    "contract_cleared",
    _("Cleared by the legal department"),
    _("%(actor)s cleared version %(version)s of contract %(number)s: %(opinion)s"),
    icon="circle-check",
    colour="blue",
)
RETURNED = register(
    "contract_returned",
    _("Returned by the legal department"),
    _("%(actor)s returned version %(version)s of contract %(number)s: %(opinion)s"),
    icon="arrow-back-up",
    colour="orange",
)
SIGNED = register(
    "contract_signed",
    _("Contract signed"),
    _("%(actor)s put version %(version)s of contract %(number)s on file as signed on %(signed_on)s in %(signed_at)s"),
    icon="signature",
    colour="azure",
)
APPLIED = register(
    "contract_version_begun",
    _("Contract version in force"),
    _("Version %(version)s of contract %(number)s is in force from %(valid_from)s until %(valid_until)s"),
    icon="file-check",
    colour="green",
)
WITHDRAWN = register(
    "contract_version_withdrawn",
    _("Contract version withdrawn"),
    _("%(actor)s withdrew version %(version)s of contract %(number)s: %(reason)s"),
    icon="file-x",
    colour="red",
)
EXPIRED = register(
    "contract_expired",
    _("Contract expired"),
    _("Contract %(number)s ran out on %(valid_until)s"),
    icon="calendar-off",
    colour="orange",
)
WARNED = register(
    "contract_ends_soon",
    _("End of contract announced"),
    _("Contract %(number)s ends on %(valid_until)s, in %(days)s days; brand and partner managers are told"),
    icon="bell",
    colour="yellow",
)
