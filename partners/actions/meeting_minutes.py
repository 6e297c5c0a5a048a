"""Minutes: written, released, acknowledged or corrected; decisions become tasks (R076, R225)."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions import cooperation_task
from partners.actions.base import held, require, signed_by
from partners.actions.meeting import kept
from partners.choices.meeting import Answer, MeetingState, MinutesReply
from partners.models import Decision, Invitation, Meeting
from partners.notices import meeting as notices
from partners.rules import meeting as rules
from partners.verbs import meeting as verbs
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.words import joined
from portal.workflow.corridor import lock_row
from portal.worktime.queries import brand_calendar


def written(actor: Actor, meeting: Meeting) -> Meeting:
    """Somebody wrote on agenda or minutes: the journal says so. Raises Refused or Conflict."""
    with transaction.atomic():
        row: Meeting = kept(actor, meeting, "written", *rules.OPEN, MeetingState.HELD)
        record(row, verbs.MINUTES_WRITTEN.code, actor)
    return row


def release(actor: Actor, meeting: Meeting) -> Meeting:
    """The minutes go to everybody who was invited. Raises Refused, Conflict or InvalidInput."""
    with transaction.atomic():
        row: Meeting = kept(actor, meeting, "release", MeetingState.HELD)
        silent = [str(item) for item in row.items.all() if not item.discussion.strip()]
        if silent:
            words = _("Write down what was said about: %(items)s. Of what was not discussed, say so.")
            raise InvalidInput(words % {"items": joined(silent)})
        row.released_at = clock.now()
        today, is_workday = clock.today(), brand_calendar().is_workday
        row.replies_until = rules.workdays_after(today, rules.REPLY_DAYS, is_workday)
        row.become(MeetingState.RELEASED)
        row.save()
        record(row, verbs.MINUTES_RELEASED.code, actor, facts={"until": row.replies_until})
        notices.tell_invited(row, "minutes.released", row.invitations.select_related("user"))
    return row


def decisions_to_tasks(actor: Actor, meeting: Meeting) -> int:
    """Each decision with a person and a day becomes a task, once; answers how many. Raises Refused or Conflict."""
    with transaction.atomic():
        row: Meeting = kept(actor, meeting, "decisions", MeetingState.HELD, MeetingState.RELEASED)
        rows = row.decisions.filter(task=None, owner__isnull=False, due_on__isnull=False).select_related("owner")
        made = [_task(actor, row, decision) for decision in rows]
        if not made:
            raise InvalidInput(_("No decision waits with a person and a day: fill in both, or all are tasks already."))
        record(row, verbs.DECISIONS_GIVEN.code, actor, facts={"tasks": len(made)})
    return len(made)


def _task(actor: Actor, row: Meeting, decision: Decision) -> object:
    title = decision.text.splitlines()[0][:200]
    origin = {"text": decision.text, "plan": row.plan, "meeting": row, "decision": decision}
    if decision.owner is None or decision.due_on is None:
        raise InvalidInput(_("No decision waits with a person and a day: fill in both, or all are tasks already."))
    try:
        return cooperation_task.give(actor, title, decision.owner, decision.due_on, **origin)
    except InvalidInput as error:
        raise InvalidInput(f"“{title[:40]}”: {error.message}") from error


def answer(actor: Actor, invitation: Invitation, said: str, deputy: str = "", note: str = "") -> Invitation:
    """Coming, not coming, or a deputy; until the meeting is held it may be changed.

    Raises Refused, Conflict or InvalidInput.
    """
    if said not in Answer.values or said == Answer.OPEN:
        raise InvalidInput(_("Say whether you come."), field="answer")
    if said == Answer.DEPUTY and not deputy.strip():
        raise InvalidInput(_("Say who comes as deputy."), field="deputy")
    with transaction.atomic():
        meeting, row = _own(actor, invitation)
        require(rules.in_state(meeting.state, MeetingState.INVITED))
        row.answer, row.note, row.answered_at = said, note.strip(), clock.now()
        row.deputy = deputy.strip() if said == Answer.DEPUTY else ""
        row.save()
        record(
            meeting,
            verbs.INVITATION_ANSWERED.code,
            actor,
            facts={"answer": said, "deputy": row.deputy, "note": row.note},
        )
        if meeting.owner_id != actor.user_id:
            notices.tell_owner(meeting, "meeting.answered", who=actor.label, answer=row.get_answer_display())
    return row


def acknowledge(actor: Actor, invitation: Invitation) -> Invitation:
    """The minutes are right, says somebody who was invited. Raises Refused or Conflict."""
    with transaction.atomic():
        meeting, row = _to_reply(actor, invitation)
        row.reply, row.replied_at = MinutesReply.ACKNOWLEDGED, clock.now()
        row.save()
        record(meeting, verbs.MINUTES_ACKNOWLEDGED.code, actor)
    return row


def ask_correction(actor: Actor, invitation: Invitation, text: str) -> Invitation:
    """Something in the minutes is wrong. Raises Refused, Conflict or InvalidInput."""
    if not text.strip():
        raise InvalidInput(_("Say what is wrong, and what would be right."), field="correction")
    with transaction.atomic():
        meeting, row = _to_reply(actor, invitation)
        row.reply, row.correction, row.replied_at = MinutesReply.CORRECTION, text.strip(), clock.now()
        row.save()
        record(meeting, verbs.CORRECTION_ASKED.code, actor, facts={"text": row.correction})
        notices.tell_owner(meeting, "minutes.correction", who=actor.label, text=row.correction)
    return row


def answer_correction(actor: Actor, invitation: Invitation, words: str) -> Invitation:
    """What becomes of a correction; both stand under the minutes, which are never rewritten.

    Raises Refused, Conflict or InvalidInput.
    """
    if not words.strip():
        raise InvalidInput(_("Answer in words: they stand under the minutes."), field="answer")
    with transaction.atomic():
        meeting = kept(actor, invitation.meeting, "answer correction", MeetingState.RELEASED)
        row: Invitation = signed_by(actor, lock_row(invitation), "answer correction")
        if row.reply != MinutesReply.CORRECTION:
            raise Conflict(_("No correction waits for an answer here."))
        row.reply, row.correction_answer = MinutesReply.ANSWERED, words.strip()
        row.save()
        facts = {"who": str(row.user), "answer": row.correction_answer}
        record(meeting, verbs.CORRECTION_ANSWERED.code, actor, facts=facts)
        notices.tell_invited(meeting, "minutes.answered", [row], answer=row.correction_answer)
    return row


def _own(actor: Actor, invitation: Invitation) -> tuple[Meeting, Invitation]:
    """The actor's own invitation and its meeting, both locked. Raises Refused."""
    if invitation.user_id != actor.user_id:
        raise Refused(_("This invitation is somebody else’s."))
    meeting: Meeting = held(actor, invitation.meeting, "reply")
    return meeting, signed_by(actor, lock_row(invitation), "reply")


def _to_reply(actor: Actor, invitation: Invitation) -> tuple[Meeting, Invitation]:
    meeting, row = _own(actor, invitation)
    require(rules.reply_open(meeting.state, meeting.replies_until, clock.today()))
    if row.reply != MinutesReply.OPEN:
        raise Conflict(_("You have answered already."))
    return meeting, row
