"""Plan meetings, fill their agenda, invite, move, cancel, hold them (R041, R076, R225)."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import locked, need_reason, require, signed_by
from partners.choices.cooperation import Side
from partners.choices.meeting import Answer, MeetingKind, MeetingState
from partners.models import AgendaItem, Invitation, Meeting, Partner
from partners.notices import meeting as notices
from partners.queries import agenda, cooperation
from partners.queries import meeting as meetings
from partners.queries.cooperation_task import company_of
from partners.queries.people import managers_of
from partners.rules import meeting as rules
from partners.verbs import meeting as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row


def plan(actor: Actor, meeting: Meeting, partners: Iterable[Partner]) -> Meeting:
    """A meeting in the calendar; `meeting` is not stored yet. Raises Refused or InvalidInput."""
    require(rules.keeps_meetings(actor.role))
    chosen = list(partners)
    if not chosen:
        raise InvalidInput(_("A meeting is held with somebody: choose partners."), field="partners")
    if meeting.plan and meeting.plan.partner not in chosen:
        raise InvalidInput(_("This plan belongs to another partner."), field="plan")
    with transaction.atomic():
        meeting.number = next_number("meeting", "HY", clock.now())
        signed_by(actor, meeting, "plan").save(force_insert=True)
        meeting.partners.set(chosen)
        record(meeting, verbs.MEETING_PLANNED.code, actor, facts={"title": meeting.title, "day": meeting.starts_at})
        if meeting.kind != MeetingKind.JOINT:
            notices.tell_managers(meeting, chosen, "meeting.topics")
    return meeting


def prepare(actor: Actor, meeting: Meeting) -> Meeting:
    """Fill the agenda with the figures of today; what was written by hand stays. Raises Refused or Conflict."""
    with transaction.atomic():
        row = kept(actor, meeting, "prepare", *rules.OPEN)
        what = agenda.about(row, clock.today())
        known = {item.source: item for item in row.items.exclude(source="")}
        for section in agenda.sections():
            item = known.get(section.code) or AgendaItem(meeting=row, source=section.code, place=section.place)
            if section.rows and item.rows is None:
                # What was listed here as words, before rows were kept.
                item.note = ""
            # An empty title is the section's own, in the reader's language; one written by hand stays.
            item.figures = agenda.filled(section, what)
            item.rows = section.rows(what) if section.rows else []
            signed_by(actor, item, "prepare").save()
        row.prepared_at = clock.now()
        row.save()
        facts = {"first": what.first, "last": what.last, "items": row.items.count()}
        record(row, verbs.MEETING_PREPARED.code, actor, facts=facts)
    return row


def invite(actor: Actor, meeting: Meeting, others: Iterable[User] = ()) -> Meeting:
    """Ask the partners' managers, the group of the plan and `others` to come; nobody is asked twice.

    Raises Refused or Conflict.
    """
    with transaction.atomic():
        row = kept(actor, meeting, "invite", *rules.OPEN)
        asked = set(row.invitations.values_list("user", flat=True))
        new = [_invitation(actor, row, user) for user in _people(row, others) if user.pk not in asked]
        row.become(MeetingState.INVITED)
        row.save()
        record(row, verbs.MEETING_INVITED.code, actor, facts={"people": len(new)})
        notices.tell_invited(row, "meeting.invited", new)
    return row


def move(actor: Actor, meeting: Meeting, starts_at: datetime, place: str, reason: str) -> Meeting:
    """Another time; who was invited answers again. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the meeting is moved."))
    if starts_at <= clock.now():
        raise InvalidInput(_("The new time lies in the past."), field="starts_at")
    with transaction.atomic():
        row = kept(actor, meeting, reason, *rules.OPEN)
        facts = {"before": row.starts_at, "after": starts_at, "reason": reason}
        row.starts_at, row.place = starts_at, place.strip()
        row.save()
        for invitation in row.invitations.all():
            invitation.answer, invitation.deputy, invitation.reminded_on = Answer.OPEN, "", None
            signed_by(actor, invitation, "moved").save()
        record(row, verbs.MEETING_MOVED.code, actor, facts=facts)
        notices.tell_invited(row, "meeting.moved", row.invitations.select_related("user"), reason=reason)
    return row


def cancel(actor: Actor, meeting: Meeting, reason: str) -> Meeting:
    """It does not take place; the calendar goes on owing it. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why it does not take place."))
    with transaction.atomic():
        row = kept(actor, meeting, reason, *rules.OPEN)
        row.become(MeetingState.CANCELLED)
        row.save()
        record(row, verbs.MEETING_CANCELLED.code, actor, facts={"reason": reason})
        notices.tell_invited(row, "meeting.cancelled", row.invitations.select_related("user"), reason=reason)
    return row


def hold(actor: Actor, meeting: Meeting, present: Collection[int]) -> Meeting:
    """It took place; `present` are the invitations of those who were there. From now on the figures stand still.

    Raises Refused, Conflict or InvalidInput.
    """
    with transaction.atomic():
        row = kept(actor, meeting, "hold", MeetingState.INVITED)
        if row.starts_at > clock.now():
            raise InvalidInput(_("The meeting has not begun yet."))
        if not row.items.exists():
            raise InvalidInput(_("The agenda is empty: fill it first."))
        invitations = list(row.invitations.all())
        if not any(invitation.pk in present for invitation in invitations):
            raise InvalidInput(_("Tick who was there."), field="present")
        for invitation in invitations:
            invitation.attended = invitation.pk in present
            signed_by(actor, invitation, "held").save()
        row.held_at = clock.now()
        row.become(MeetingState.HELD)
        row.save()
        facts = {"present": sum(bool(one.attended) for one in invitations), "people": len(invitations)}
        record(row, verbs.MEETING_HELD.code, actor, facts=facts)
    return row


def remind(today: date) -> int:
    """Remind whoever has not answered an invitation, once; answers how many."""
    waiting = Invitation.objects.filter(answer=Answer.OPEN, reminded_on=None, meeting__state=MeetingState.INVITED)
    done = 0
    for row in waiting.select_related("meeting", "user"):
        day = clock.local(row.meeting.starts_at).date()
        if today <= day <= today + rules.REMIND_BEFORE:
            done += _remind(row, today)
    return done


def _remind(invitation: Invitation, today: date) -> int:
    """One of them, unless it was answered or reminded meanwhile."""
    with transaction.atomic():
        row: Invitation = lock_row(invitation)
        if row.answer != Answer.OPEN or row.reminded_on is not None:
            return 0
        row.reminded_on = today
        signed_by(Actor.system(), row, "reminder").save(update_fields=["reminded_on"])
        notices.tell_invited(row.meeting, "meeting.reminder", [row])
    return 1


def kept(actor: Actor, meeting: Meeting, why: str, *states: str) -> Any:
    """The locked meeting, if the actor keeps it and it is in one of the states. Raises Refused or Conflict."""
    row: Meeting = locked(actor, meeting, why, rules.keeps_meetings(actor.role))
    if not meetings.reaches(actor, row):
        raise Refused(_("Partners outside your regions take part: who prepares it changes it, or the whole brand's."))
    require(rules.in_state(row.state, *states))
    return row


def _people(row: Meeting, others: Iterable[User]) -> list[User]:
    """The preparer, the managers of the partners, the coordination group, and who else was named; each once."""
    named = [row.owner, *(user for partner in row.partners.all() for user in managers_of(partner))]
    if row.plan:
        named += [user for side in Side for user in cooperation.people_of(row.plan, side)]
    return list({user.pk: user for user in [*named, *others]}.values())


def _invitation(actor: Actor, row: Meeting, user: User) -> Invitation:
    invitation = Invitation(meeting=row, user=user, partner=company_of(user))
    signed_by(actor, invitation, "invite").save(force_insert=True)
    return invitation
