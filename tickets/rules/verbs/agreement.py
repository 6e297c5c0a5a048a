"""What the journal says of customers' service agreements."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

DRAFTED = register(
    "agreement_drafted",
    _("Agreement version written"),
    _("%(actor)s wrote version %(version)s of agreement %(number)s: %(reason)s"),
    icon="file-pencil",
)
SIGNED = register(
    "agreement_signed",
    _("Agreement signed"),
    _("%(actor)s put version %(version)s of agreement %(number)s on file as signed, binding from %(valid_from)s"),
    icon="signature",
    colour="green",
)
WITHDRAWN = register(
    "agreement_withdrawn",
    _("Agreement version withdrawn"),
    _("%(actor)s withdrew version %(version)s of agreement %(number)s: %(reason)s"),
    icon="file-x",
    colour="red",
)
APPLIED = register(
    "agreement_version_begun",
    _("Agreement version in force"),
    _("Version %(version)s of agreement %(number)s is in force from %(valid_from)s until %(valid_until)s"),
    icon="file-check",
    colour="green",
)
