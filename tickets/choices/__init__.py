"""Words of the ticket, with label and colour (spec/workflow.md, spec/records.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class TicketStep(ColouredChoices):
    """The four steps that everybody sees (R022)."""

    INTAKE = "intake", "azure", _("Intake")
    DIAGNOSIS = "diagnosis", "purple", _("Diagnosis")
    RESOLUTION = "resolution", "blue", _("Resolution")
    FOLLOW_UP = "follow_up", "green", _("Follow-up")


class TicketState(ColouredChoices):
    """The states that divide the four steps."""

    RECEIVED = "received", "azure", _("Received")
    REGISTERED = "registered", "azure", _("Registered")
    DISPATCHED = "dispatched", "indigo", _("Dispatched")
    ACCEPTED = "accepted", "purple", _("Accepted")
    DIAGNOSED = "diagnosed", "purple", _("Diagnosed")
    IN_PROGRESS = "in_progress", "blue", _("In progress")
    SUSPENDED = "suspended", "yellow", _("Suspended")
    PENDING_CONFIRMATION = "pending_confirmation", "orange", _("Awaiting confirmation")
    REASSESSING = "reassessing", "red", _("Re-assessment")
    RESOLVED = "resolved", "green", _("Resolved")
    CLOSED = "closed", "teal", _("Closed")
    CANCELLED = "cancelled", "secondary", _("Cancelled")


STEP_OF_STATE = {
    TicketState.RECEIVED: TicketStep.INTAKE,
    TicketState.REGISTERED: TicketStep.INTAKE,
    TicketState.DISPATCHED: TicketStep.INTAKE,
    TicketState.ACCEPTED: TicketStep.DIAGNOSIS,
    TicketState.DIAGNOSED: TicketStep.DIAGNOSIS,
    TicketState.IN_PROGRESS: TicketStep.RESOLUTION,
    TicketState.SUSPENDED: TicketStep.RESOLUTION,
    TicketState.PENDING_CONFIRMATION: TicketStep.RESOLUTION,
    TicketState.REASSESSING: TicketStep.RESOLUTION,
    TicketState.RESOLVED: TicketStep.FOLLOW_UP,
    TicketState.CLOSED: TicketStep.FOLLOW_UP,
    TicketState.CANCELLED: None,
}


class Category(ColouredChoices):
    """The four classes of problem (R198–R202), and inspections."""

    EMERGENCY = "emergency", "red", _("Emergency fault")
    FAULT = "fault", "orange", _("General fault")
    CONSULTATION = "consultation", "azure", _("Consultation")
    COMPLAINT = "complaint", "purple", _("Complaint or suggestion")
    #: 定期巡检 (R191): planned by us, reported by nobody; no customer chooses it and no figure counts it.
    MAINTENANCE = "maintenance", "teal", _("Periodic inspection")


#: What somebody who reports something can choose (R198).
REPORTED = [(value, label) for value, label in Category.choices if value != Category.MAINTENANCE]


class Urgency(ColouredChoices):
    """紧急程度 of 附件1."""

    CRITICAL = "critical", "red", _("Critical")
    HIGH = "high", "orange", _("High")
    NORMAL = "normal", "blue", _("Normal")
    LOW = "low", "secondary", _("Low")


class Channel(models.TextChoices):
    """Intake channels (R162, R193)."""

    PORTAL = "portal", _("Portal form")
    PHONE = "phone", _("Telephone")
    CHAT = "chat", _("Online chat")
    MAIL = "mail", _("E-mail")
    WALK_IN = "walk_in", _("Walk-in")
    APP = "app", _("App")
    SOCIAL = "social", _("Social media")
    API = "api", _("Interface")
    IMPORT = "import", _("Import")
    MAINTENANCE = "maintenance", _("Maintenance plan")


class Department(models.TextChoices):
    """Departments a ticket is dispatched to (R203)."""

    TECHNICAL = "technical", _("Technical department")
    REPAIR = "repair", _("Repair department")
    SERVICE = "service", _("Customer service department")


class ServiceMode(models.TextChoices):
    """How the work is done (R206, R208)."""

    REMOTE = "remote", _("Remote assistance")
    ON_SITE = "on_site", _("On-site service")


class SuspendReason(models.TextChoices):
    """Why work waits; whether a clock pauses is the policy's business."""

    CUSTOMER = "customer", _("Waiting for the customer")
    PARTS = "parts", _("Waiting for parts")
    APPROVAL = "approval", _("Waiting for an approval")
    THIRD_PARTY = "third_party", _("Waiting for a third party")
    FORCE_MAJEURE = "force_majeure", _("Force majeure")


class CancelReason(models.TextChoices):
    """Why a ticket leaves the cohort."""

    WITHDRAWN = "withdrawn", _("Withdrawn by the customer")
    DUPLICATE = "duplicate", _("Duplicate of another ticket")
    MISTAKE = "mistake", _("Entered by mistake")


class WarrantyStatus(ColouredChoices):
    """质保期内 / 外 (R189)."""

    IN = "in", "green", _("In warranty")
    OUT = "out", "orange", _("Out of warranty")
    UNKNOWN = "unknown", "secondary", _("Not known")


class ProgressStatus(ColouredChoices):
    """当前状态 of 附件2 (R213)."""

    IN_PROGRESS = "in_progress", "blue", _("In progress")
    TO_CONFIRM = "to_confirm", "orange", _("Awaiting confirmation")
    SOLVED = "solved", "green", _("Resolved")


class InspectionItem(models.TextChoices):
    """质量检验 of 附件3: what is looked at before the customer gets his property back (R135)."""

    POWER_ON = "power_on", _("Power-on test")
    FUNCTION = "function", _("Function test")
    SAFETY = "safety", _("Safety check")
    TEST_RUN = "test_run", _("Test run under load")
    FAULT_CODES = "fault_codes", _("No fault codes left")
    APPEARANCE = "appearance", _("Appearance and cleanliness")


class Solved(ColouredChoices):
    """是否解决 of 附件3."""

    YES = "yes", "green", _("Solved")
    PARTLY = "partly", "yellow", _("Partly solved")
    NO = "no", "red", _("Not solved")


class ConfirmationState(ColouredChoices):
    """What became of an 附件3: a rejected one stays."""

    SENT = "sent", "orange", _("Sent to the customer")
    CONFIRMED = "confirmed", "green", _("Confirmed")
    REJECTED = "rejected", "red", pgettext_lazy("completion", "Rejected")


class CustomerKind(models.TextChoices):
    """A customer is a company or a person (R185)."""

    COMPANY = "company", _("Company")
    PERSON = "person", _("Person")


class ClockKind(ColouredChoices):
    """The kinds of clock (spec/workflow.md, Clocks)."""

    ACKNOWLEDGEMENT = "acknowledgement", "azure", _("Acknowledgement")
    REGISTRATION = "registration", "azure", _("Registration")
    EMERGENCY_CALL = "emergency_call", "red", _("Emergency call")
    RESPONSE = "response", "blue", _("First response")
    COMPLAINT_RESPONSE = "complaint_response", "purple", _("Complaint response")
    COMPLAINT_FEEDBACK = "complaint_feedback", "purple", _("First opinion on the complaint")
    ACCEPTANCE = "acceptance", "indigo", _("Acceptance")
    ARRIVAL = "arrival", "yellow", _("Arrival on site")
    RESOLUTION = "resolution", "green", _("Resolution")
    ESCALATION = "escalation", "orange", _("Escalation")
    TIER_RESPONSE = "tier_response", "orange", _("Response of the next level")
    TIER_RESOLUTION = "tier_resolution", "orange", _("Resolution by the next level")
    PROGRESS_UPDATE = "progress_update", "blue", _("Daily progress")
    REASSESSMENT = "reassessment", "red", _("Re-assessment plan")
    FOLLOW_UP = "follow_up", "teal", _("Follow-up")
    LOW_SCORE_CALLBACK = "low_score_callback", "red", _("Call-back after a low score")
    DELIVERY_FOLLOW_UP = "delivery_follow_up", "teal", _("Follow-up after delivery")
    ARBITRATION = "arbitration", "purple", _("Panel ruling")


class ClockState(ColouredChoices):
    """How a clock stands."""

    RUNNING = "running", "blue", _("Running")
    PAUSED = "paused", "yellow", _("Paused")
    MET = "met", "green", _("Met")
    BREACHED = "breached", "red", _("Breached")
    VOID = "void", "secondary", _("Void")
