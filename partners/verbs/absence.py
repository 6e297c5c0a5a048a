"""What the journal says of absences."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

ABSENCE_NOTED = register(
    "absence_noted",
    _("Absence noted"),
    _("%(actor)s noted the absence of %(person)s from %(since)s until %(until)s; deputy: %(deputy)s"),
    icon="beach",
    colour="blue",
)
ABSENCE_CHANGED = register(
    "absence_changed",
    _("Absence changed"),
    _("%(actor)s changed the absence of %(person)s: from %(since)s until %(until)s; deputy: %(deputy)s"),
    icon="beach",
    colour="indigo",
)
ABSENCE_CANCELLED = register(
    "absence_cancelled",
    _("Absence cancelled"),
    _("%(actor)s cancelled the absence of %(person)s from %(since)s until %(until)s"),
    icon="beach",
    colour="secondary",
)
