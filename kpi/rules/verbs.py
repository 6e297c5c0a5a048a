"""What the service log of a report can say (R219)."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

register(
    "report.request",
    _("Report requested"),
    _("%(actor)s requested the quarterly report %(quarter)s of %(subject)s."),
    icon="file-plus",
    colour="azure",
)
register(
    "report.make",
    _("Report made"),
    _("The report was made: %(pages)s pages, digest %(sha256)s."),
    icon="file-check",
    colour="green",
)
register(
    "report.fail",
    _("Report failed"),
    _("The report could not be made: %(error)s"),
    icon="file-x",
    colour="red",
)
register(
    "report.download",
    _("Report downloaded"),
    _("%(actor)s downloaded the report (digest %(sha256)s)."),
    icon="download",
    colour="blue",
)
