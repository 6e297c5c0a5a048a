"""What the journal says of calendars (workflow.md, rule 9)."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register

DRAFTED = register(
    "calendar_drafted",
    _("Calendar change drafted"),
    _("%(actor)s drafted for %(what)s: %(reason)s (source: %(source)s)"),
    icon="calendar",
    colour="yellow",
)
TAKEN_OUT = register(
    "calendar_taken_out",
    _("Calendar entry to be taken out"),
    _("%(actor)s wants %(what)s taken out: %(reason)s"),
    icon="calendar",
    colour="orange",
)
DISCARDED = register(
    "calendar_discarded",
    _("Calendar draft discarded"),
    _("%(actor)s discarded the draft: %(reason)s"),
    icon="calendar",
    colour="secondary",
)
PUBLISHED = register(
    "calendar_published",
    _("Calendar version in force"),
    _("%(actor)s reviewed edition %(edition)s and put it in force; days that changed: %(changes)s"),
    icon="calendar",
    colour="green",
)
