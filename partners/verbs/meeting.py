"""What the journal says of meetings (R041, R076, R225)."""

from django.utils.translation import gettext_lazy as _

from partners.choices.meeting import Answer
from portal.journal.verbs import register

MEETING_PLANNED = register(
    "meeting_planned",
    _("Meeting planned"),
    _("%(actor)s planned “%(title)s” for %(day)s"),
    icon="calendar-month",
    colour="blue",
)
MEETING_PREPARED = register(
    "meeting_prepared",
    _("Agenda filled"),
    _("%(actor)s filled the agenda with the figures from %(first)s to %(last)s: %(items)s items"),
    icon="clipboard-list",
)
MEETING_INVITED = register(
    "meeting_invited", _("Invited"), _("%(actor)s invited %(people)s people"), icon="send", colour="blue"
)
MEETING_MOVED = register(
    "meeting_moved",
    _("Meeting moved"),
    _("%(actor)s moved the meeting from %(before)s to %(after)s: %(reason)s"),
    icon="calendar",
    colour="orange",
)
MEETING_CANCELLED = register(
    "meeting_cancelled",
    _("Meeting cancelled"),
    _("%(actor)s cancelled the meeting: %(reason)s"),
    icon="ban",
    colour="red",
)
MEETING_HELD = register(
    "meeting_held",
    _("Meeting held"),
    _("%(actor)s noted: held, %(present)s of %(people)s people were there"),
    icon="users-group",
    colour="yellow",
)
MINUTES_WRITTEN = register("minutes_written", _("Minutes written"), _("%(actor)s wrote on the minutes"), icon="pencil")
MINUTES_RELEASED = register(
    "minutes_released",
    _("Minutes released"),
    _("%(actor)s released the minutes; corrections until %(until)s"),
    icon="file-text",
    colour="green",
)
DECISIONS_GIVEN = register(
    "decisions_given",
    _("Decisions became tasks"),
    _("%(actor)s made %(tasks)s tasks of the decisions"),
    icon="checks",
    colour="teal",
)
INVITATION_ANSWERED = register(
    "invitation_answered",
    _("Invitation answered"),
    _("%(actor)s: %(answer)s %(deputy)s %(note)s"),
    icon="message-reply",
    words={"answer": Answer},
)
MINUTES_ACKNOWLEDGED = register(
    "minutes_acknowledged",
    _("Minutes acknowledged"),
    _("%(actor)s acknowledged the minutes"),
    icon="checks",
    colour="green",
)
CORRECTION_ASKED = register(
    "correction_asked",
    _("Correction asked for"),
    _("%(actor)s asked for a correction: %(text)s"),
    icon="edit",
    colour="orange",
)
CORRECTION_ANSWERED = register(
    "correction_answered",
    _("Correction answered"),
    _("%(actor)s answered %(who)s: %(answer)s"),
    icon="message-reply",
    colour="teal",
)
TOPIC_GIVEN = register(
    "topic_given", _("Topic brought up"), _("%(actor)s brought up for %(partner)s: %(title)s"), icon="bulb"
)
TOPIC_PLACED = register(
    "topic_placed", _("Topic on the agenda"), _("%(actor)s put “%(title)s” under “%(item)s”"), icon="clipboard-list"
)
TOPIC_ANSWERED = register(
    "topic_answered",
    _("Topic answered"),
    _("%(actor)s answered “%(title)s”: %(answer)s"),
    icon="message-reply",
    colour="green",
)
