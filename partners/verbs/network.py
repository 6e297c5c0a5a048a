"""What the journal says of partners, their people and contracts."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

STANDING_SET = register(
    "standing_set",
    _("Standing changed"),
    _("%(actor)s changed the standing from “%(before)s” to “%(after)s”: %(reason)s"),
    icon="flag",
    colour="orange",
)
CERTIFICATE_ISSUED = register(
    "certificate_issued",
    _("Certificate issued"),
    _("%(actor)s issued certificate %(number)s for %(product_line)s, valid from %(valid_from)s until %(valid_until)s"),
    icon="certificate",
    colour="green",
)
CONTRACT_BEGUN = register(
    "contract_begun",
    _("Contract put in force"),
    _("%(actor)s put contract %(number)s in force, valid from %(valid_from)s until %(valid_until)s"),
    icon="file-check",
    colour="green",
)
CONTRACT_ENDED = register(
    "contract_ended",
    _("Contract terminated"),
    _("%(actor)s terminated contract %(number)s: %(reason)s"),
    icon="file-x",
    colour="red",
)
