"""What the service log of a ticket can say, in the words of the four steps (R023, R144)."""

from django.utils.translation import gettext_lazy as _

from portal.journal.verbs import register
from tickets import choices as c
from tickets.rules.verbs import article, delivery, part_request, sla_policy, tool_use, warning  # noqa: F401  they register themselves

_CLASS = {"category": c.Category, "urgency": c.Urgency, "channel": c.Channel}

register(
    "receive",
    _("Received"),
    _("%(actor)s reported “%(title)s” by %(channel)s."),
    public=True,
    icon="inbox",
    colour="azure",
    words=_CLASS,
)
register(
    "register",
    _("Registered"),
    _("%(actor)s registered the request as %(category)s, urgency %(urgency)s. Preliminary opinion: %(first_opinion)s"),
    public=True,
    icon="clipboard-check",
    colour="azure",
    words=_CLASS,
)
register(
    "amend_intake",
    _("Intake record corrected"),
    _("%(actor)s corrected the intake record (%(fields)s). Reason: %(reason)s"),
    icon="pencil",
    colour="secondary",
)
register(
    "reclassify",
    _("Reclassified"),
    _("%(actor)s changed the class from %(old_category)s to %(category)s, urgency %(urgency)s. Reason: %(reason)s"),
    public=True,
    icon="tag",
    colour="orange",
    words={**_CLASS, "old_category": c.Category},
)
register(
    "dispatch",
    _("Dispatched"),
    _("%(actor)s dispatched the ticket to %(outlet)s, %(department)s."),
    public=True,
    icon="send",
    colour="indigo",
    words={"department": c.Department},
)
register(
    "decline",
    _("Declined"),
    _("%(actor)s declined the ticket. Reason: %(reason)s"),
    icon="arrow-back-up",
    colour="orange",
)
register(
    "accept",
    _("Accepted"),
    _("%(actor)s accepted the ticket. Responsible person: %(owner)s."),
    public=True,
    icon="user-check",
    colour="purple",
)
register(
    "transfer",
    _("Transferred"),
    _("%(actor)s transferred the ticket to %(outlet)s. Reason: %(reason)s"),
    public=True,
    icon="arrows-exchange",
    colour="orange",
)
register(
    "escalate",
    _("Escalated"),
    _("%(actor)s escalated the ticket to level %(level)s, %(senior)s. Cause: %(cause)s"),
    public=True,
    icon="arrow-big-up",
    colour="red",
)
register(
    "diagnose",
    _("Diagnosed"),
    _("%(actor)s diagnosed: %(finding)s Probable cause: %(probable_cause)s (%(mode)s)"),
    public=True,
    icon="stethoscope",
    colour="purple",
    words={"mode": c.ServiceMode, "warranty": c.WarrantyStatus},
)
register(
    "start",
    _("Work started"),
    _("%(actor)s told the customer the plan: %(solution)s Estimated duration: %(duration_hours)s h."),
    public=True,
    icon="player-play",
    colour="blue",
)
register(
    "progress",
    _("Progress"),
    _("%(actor)s reported progress: %(measures)s Next step: %(next_step)s"),
    public=True,
    icon="progress",
    colour="blue",
    words={"status": c.ProgressStatus},
)
register(
    "contact",
    _("Contact with the customer"),
    _("%(actor)s spoke with the customer by %(channel)s: %(summary)s"),
    public=True,
    icon="phone",
    colour="azure",
    words={"channel": c.Channel},
)
register("arrive", _("Arrived on site"), _("%(actor)s arrived on site."), public=True, icon="map-pin", colour="blue")
register(
    "suspend",
    _("Suspended"),
    _("%(actor)s suspended the work: %(reason)s, expected to go on at %(expected_at)s. %(note)s"),
    public=True,
    icon="player-pause",
    colour="yellow",
    words={"reason": c.SuspendReason},
)
register("resume", _("Resumed"), _("%(actor)s resumed the work."), public=True, icon="player-play", colour="blue")
register(
    "complete",
    _("Completed"),
    _("%(actor)s completed the work: %(work_and_result)s"),
    public=True,
    icon="checkup-list",
    colour="orange",
)
register("answer", _("Answered"), _("%(actor)s answered: %(answer)s"), public=True, icon="message", colour="orange")
register(
    "confirm",
    _("Confirmed"),
    _("%(actor)s confirmed the result, signed by %(signed_by)s."),
    public=True,
    icon="signature",
    colour="green",
    words={"solved": c.Solved},
)
register("reject", _("Not solved"), _("%(actor)s rejected the result: %(reason)s"), public=True, icon="x", colour="red")
register(
    "reopen", _("Reopened"), _("%(actor)s reopened the ticket: %(reason)s"), public=True, icon="refresh", colour="red"
)
register(
    "add_information",
    _("Information added"),
    _("%(actor)s added: %(text)s"),
    public=True,
    icon="message-plus",
    colour="azure",
)
register(
    "rate",
    _("Rated"),
    _("%(actor)s rated the service: overall %(overall)s of 5."),
    anonymous=_("The customer rated the service anonymously."),
    public=True,
    icon="star",
    colour="green",
)
register(
    "follow_up",
    _("Follow-up"),
    _("%(actor)s tried to reach the customer: %(result)s"),
    icon="phone-outgoing",
    colour="teal",
)
register(
    "call_back",
    _("Call-back"),
    _("%(actor)s called back after the low score. Cause: %(cause)s Measures: %(measures)s Result: %(result)s"),
    icon="phone-outgoing",
    colour="teal",
)
register(
    "close",
    _("Closed"),
    _("%(actor)s closed the ticket; its records are kept until %(retention_until)s."),
    public=True,
    icon="archive",
    colour="teal",
)
register(
    "cancel",
    _("Cancelled"),
    _("%(actor)s cancelled the ticket: %(reason)s. %(note)s"),
    public=True,
    icon="ban",
    colour="secondary",
    words={"reason": c.CancelReason},
)
register("note", _("Note"), _("%(actor)s: %(note)s"), icon="note", colour="secondary")
register("attach", _("File added"), _("%(actor)s added the file %(name)s."), icon="paperclip", colour="secondary")
register("download", _("Downloaded"), _("%(actor)s downloaded %(name)s."), icon="download", colour="secondary")
