"""What the journal says of outlet standards and outlet inspections."""

from django.utils.translation import gettext_lazy as _

from partners.choices.outlet_inspection import Grade, InspectionKind
from portal.journal.verbs import register

LIST_RELEASED = register(
    "check_list_released",
    _("Released"),
    _("%(actor)s released version %(number)s with %(items)s items, in force from %(valid_from)s"),
    icon="speakerphone",
    colour="blue",
)
DRAWN = register(
    "outlets_drawn",
    _("Outlets drawn"),
    _("%(actor)s drew %(size)s of %(population)s outlets with the seed %(seed)s: %(sample)s"),
    icon="dice-5",
    colour="indigo",
)
DRAWN_AGAIN = register(
    "outlets_drawn_again",
    _("Outlets drawn again"),
    _("%(actor)s repeated draw %(repeats)s, %(size)s of %(population)s outlets, seed %(seed)s: %(sample)s. %(reason)s"),
    icon="dice-5",
    colour="orange",
)
PLANNED = register(
    "inspection_planned",
    _("Inspection planned"),
    _("%(actor)s planned an inspection of %(outlet)s for %(planned_on)s (%(kind)s)"),
    icon="calendar-event",
    words={"kind": InspectionKind},
)
BEGUN = register(
    "begin_inspection",
    _("Inspection begun"),
    _("%(actor)s began the inspection of %(outlet)s"),
    icon="player-play",
    colour="blue",
)
ASSIGNED = register(
    "assign_inspection",
    _("Inspector changed"),
    _("%(actor)s gave the inspection to %(inspector)s for %(planned_on)s"),
    icon="user-check",
    colour="azure",
)
PHOTO_REMOVED = register(
    "inspection_photo_removed",
    _("Photo removed"),
    _("%(actor)s removed the photo %(photo)s of item %(item)s (SHA-256 %(sha256)s)"),
    icon="photo-off",
    colour="orange",
)
SUBMITTED = register(
    "submit_inspection",
    _("Inspection submitted"),
    _("%(actor)s submitted the inspection: %(score)s points, %(grade)s, %(findings)s findings, %(cores)s of them core"),
    icon="clipboard-check",
    colour="indigo",
    words={"grade": Grade},
)
CLOSED = register(
    "close_inspection", _("Inspection closed"), _("%(actor)s closed the inspection"), icon="lock", colour="green"
)
CANCELLED = register(
    "cancel_inspection",
    _("Inspection cancelled"),
    _("%(actor)s cancelled the inspection: %(reason)s"),
    icon="ban",
    colour="red",
)
RE_CHECK_ORDERED = register(
    "re_check_ordered",
    _("Re-check ordered"),
    _("%(actor)s ordered the re-check %(number)s of %(items)s items for %(planned_on)s"),
    icon="repeat",
    colour="orange",
)
RE_CHECK_DONE = register(
    "re_check_done",
    _("Re-checked"),
    _("%(actor)s re-checked (%(number)s): %(passed)s corrected, %(open)s still to be corrected"),
    icon="repeat",
    colour="teal",
)
REPORTED = register(
    "finding_reported",
    _("Correction reported"),
    _("%(actor)s reported finding %(item)s as corrected: %(measures)s"),
    icon="tool",
    colour="blue",
)
ACCEPTED = register(
    "finding_accepted",
    _("Correction accepted"),
    _("%(actor)s accepted the correction of finding %(item)s"),
    icon="circle-check",
    colour="green",
)
SENT_BACK = register(
    "finding_sent_back",
    _("Correction sent back"),
    _("%(actor)s sent finding %(item)s back, until %(due_on)s: %(reason)s"),
    icon="arrow-back-up",
    colour="orange",
)
OBJECTED = register(
    "finding_objected",
    _("Objection"),
    _("%(actor)s objected to finding %(item)s: %(text)s"),
    icon="message-exclamation",
    colour="purple",
)
OBJECTION_KEPT = register(
    "finding_kept",
    _("Objection answered"),
    _("%(actor)s kept finding %(item)s: %(answer)s"),
    icon="message-reply",
    colour="teal",
)
OBJECTION_UPHELD = register(
    "finding_dropped",
    _("Finding dropped"),
    _("%(actor)s dropped finding %(item)s: %(answer)s The score is %(score)s now."),
    icon="message-reply",
    colour="teal",
)
OWNER_SET = register(
    "finding_owner",
    _("Responsible person"),
    _("%(actor)s made %(owner)s responsible for finding %(item)s"),
    icon="user-check",
    colour="azure",
)
