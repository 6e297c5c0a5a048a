"""Everything that hangs on one ticket, for the pages that show it whole: a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Q

from portal.files.models import Attachment
from portal.journal.log import entries_for, subject_of
from portal.journal.models import JournalEntry
from tickets.choices import ClockKind, ClockState
from tickets.models import (
    CompletionConfirmation,
    ContactNote,
    Diagnosis,
    FollowUp,
    IntakeRecord,
    ProgressEntry,
    SatisfactionFeedback,
    ServicePlan,
    SlaClock,
    Ticket,
)


@dataclass(frozen=True, slots=True)
class Records:
    """The four records and what lies between them, the newest last."""

    intake: list[IntakeRecord]
    diagnoses: list[Diagnosis]
    plans: list[ServicePlan]
    progress: list[ProgressEntry]
    completions: list[CompletionConfirmation]
    feedback: SatisfactionFeedback | None
    contacts: list[ContactNote]
    follow_ups: list[FollowUp]

    @property
    def current_intake(self) -> IntakeRecord | None:
        """附件1 as it stands after corrections."""
        return next((row for row in reversed(self.intake) if not row.superseded), None)


def records_of(ticket: Ticket) -> Records:
    """All record rows of the ticket."""
    completions = ticket.completionconfirmation_set.select_related("signature").prefetch_related("parts", "tools")
    return Records(
        intake=list(ticket.intakerecord_set.order_by("revision")),
        diagnoses=list(ticket.diagnosis_set.all()),
        plans=list(ticket.serviceplan_set.all()),
        progress=list(ticket.progressentry_set.all()),
        completions=list(completions),
        feedback=SatisfactionFeedback.objects.filter(ticket=ticket).first(),
        contacts=list(ticket.contactnote_set.all()),
        follow_ups=list(ticket.followup_set.all()),
    )


def attachments_of(ticket: Ticket) -> list[Attachment]:
    """Photos and files of the ticket in order of arrival; signatures stand with their record."""
    return list(Attachment.objects.filter(subject=subject_of(ticket)).exclude(kind="signature"))


def journal_of(ticket: Ticket) -> list[JournalEntry]:
    """The service log, the newest first."""
    return list(entries_for(ticket).order_by("-sequence"))


def clock_rows(ticket: Ticket) -> list[SlaClock]:
    """The stored clocks of the kinds in order of their due time; a day with its entry is not told."""
    kept_days = Q(kind=ClockKind.PROGRESS_UPDATE, state__in=[ClockState.MET, ClockState.VOID])
    return list(ticket.clocks.leading().exclude(kept_days).order_by("cycle", "due_at"))
