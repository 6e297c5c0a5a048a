from tickets.models.agreement import AgreementLine, AgreementParty, AgreementVersion
from tickets.models.article_use import ArticleUse, ArticleVote
from tickets.models.calendar_change import CalendarChange
from tickets.models.completion import CompletionConfirmation, PartUsage
from tickets.models.customer import Contact, Customer, Equipment, ServiceAgreement
from tickets.models.diagnosis import Diagnosis, ServicePlan
from tickets.models.duty import DutyTurn
from tickets.models.fact import TicketFact
from tickets.models.feedback import FollowUp, SatisfactionFeedback
from tickets.models.hand_over import HandOver
from tickets.models.intake import IntakeRecord
from tickets.models.maintenance import MaintenancePlan, MaintenanceVisit
from tickets.models.part_request import PartRequest
from tickets.models.progress import ContactNote, ProgressEntry
from tickets.models.sla_clock import SlaClock
from tickets.models.sla_policy import PolicyLine, PolicyPause, PolicyVersion
from tickets.models.ticket import Ticket
from tickets.models.tool_usage import ToolUsage
from tickets.models.warning import ClockWarning, LadderRung, TicketWatch
from tickets.rules import verbs  # the journal must know the ticket's verbs as soon as the ticket exists

__all__ = [
    "AgreementLine",
    "AgreementParty",
    "AgreementVersion",
    "ArticleUse",
    "ArticleVote",
    "CalendarChange",
    "ClockWarning",
    "CompletionConfirmation",
    "Contact",
    "ContactNote",
    "Customer",
    "Diagnosis",
    "DutyTurn",
    "Equipment",
    "FollowUp",
    "HandOver",
    "IntakeRecord",
    "LadderRung",
    "MaintenancePlan",
    "MaintenanceVisit",
    "PartRequest",
    "PartUsage",
    "PolicyLine",
    "PolicyPause",
    "PolicyVersion",
    "ProgressEntry",
    "SatisfactionFeedback",
    "ServiceAgreement",
    "ServicePlan",
    "SlaClock",
    "Ticket",
    "TicketFact",
    "TicketWatch",
    "ToolUsage",
    "verbs",
]
