"""Words of contracts: how a version comes about, and what a clause says (R031, R184–R187)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class VersionKind(models.TextChoices):
    """Why there is this version."""

    FIRST = "first", pgettext_lazy("contract", "First version")
    AMENDMENT = "amendment", _("Amendment")
    RENEWAL = "renewal", _("Renewal")


class VersionState(ColouredChoices):
    """A version's life: written, reviewed by legal, signed, in force, replaced by the next."""

    DRAFT = "draft", "secondary", _("Draft")
    LEGAL_REVIEW = "legal_review", "purple", _("With the legal department")
    CLEARED = "cleared", "blue", _("Cleared, to be signed")
    SIGNED = "signed", "azure", _("Signed")
    IN_FORCE = "in_force", "green", _("In force")
    SUPERSEDED = "superseded", "secondary", _("Replaced by a later version")
    WITHDRAWN = "withdrawn", "red", _("Withdrawn")


class ClauseKind(ColouredChoices):
    """What a clause is about; each kind has fields of its own (R031)."""

    SCOPE = "scope", "blue", _("Scope of services")
    SERVICE_LEVEL = "service_level", "azure", _("Service level")
    PENALTY = "penalty", "red", _("Penalty for breach")
    INCENTIVE = "incentive", "green", _("Incentive")
    CONFIDENTIALITY = "confidentiality", "purple", _("Confidentiality")
    GENERAL = "general", "secondary", pgettext_lazy("clause", "Other")


class LevelKind(models.TextChoices):
    """Limits that a contract may set; the codes are those of the clocks of tickets."""

    ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
    RESPONSE = "response", _("First response")
    ACCEPTANCE = "acceptance", _("Acceptance")
    ARRIVAL = "arrival", _("Arrival on site")
    RESOLUTION = "resolution", _("Resolution")
    COMPLAINT_RESPONSE = "complaint_response", _("Complaint response")
    COMPLAINT_FEEDBACK = "complaint_feedback", _("First opinion on the complaint")
    ESCALATION = "escalation", _("Escalation")
    REASSESSMENT = "reassessment", _("Re-assessment plan")
    FOLLOW_UP = "follow_up", _("Follow-up")
    LOW_SCORE_CALLBACK = "low_score_callback", _("Call-back after a low score")


class LevelCategory(models.TextChoices):
    """Problem types that a limit may name; the codes are those of tickets (R198)."""

    EMERGENCY = "emergency", _("Emergency fault")
    FAULT = "fault", _("General fault")
    CONSULTATION = "consultation", _("Consultation")
    COMPLAINT = "complaint", _("Complaint or suggestion")


class LevelUnit(models.TextChoices):
    """Units of a limit; the first three run round the clock."""

    MINUTE = "minute", _("minutes")
    HOUR = "hour", _("hours")
    DAY = "day", _("days of 24 hours")
    WORKING_HOUR = "working_hour", _("working hours")
    WORKING_DAY = "working_day", _("working days")


class PenaltyBasis(models.TextChoices):
    """What liquidated damages (违约金) are reckoned by (R033)."""

    PER_CASE = "per_case", _("Fixed sum a case")
    PER_HOUR_LATE = "per_hour_late", _("Sum for each hour begun late")
    PER_DAY_LATE = "per_day_late", _("Sum for each day begun late")
    PERCENT_OF_FEE = "percent_of_fee", _("Percent of the service fee of the case")
    PERCENT_OF_QUARTER = "percent_of_quarter", _("Percent of the quarter's service fees")


class IncentiveKind(models.TextChoices):
    """What a partner gets for three quarters on target (R032)."""

    REBATE = "rebate", _("Rebate")
    PREFERRED = "preferred", _("Right of preferred cooperation")
