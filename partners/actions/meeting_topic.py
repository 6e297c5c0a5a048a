"""Problems that partners bring to a meeting: collected, put on the agenda, answered (R041)."""

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import held, locked, require, signed_by
from partners.actions.meeting import kept
from partners.choices.meeting import MeetingState, TopicState
from partners.models import AgendaItem, Meeting, Partner, Topic
from partners.notices import meeting as notices
from partners.rules import meeting as rules
from partners.verbs import meeting as verbs
from portal.accounts.actor import Actor
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused

LONGEST = 2000


def bring_up(actor: Actor, meeting: Meeting, title: str, text: str) -> Topic:
    """A problem in executing the standard, before the meeting is held. Raises Refused, Conflict or InvalidInput."""
    if not actor.is_partner or actor.user_id is None:
        raise Refused(_("Topics are brought up by partners."))
    if not title.strip():
        raise InvalidInput(_("Give the topic a title."), field="title")
    if not text.strip() or len(text) > LONGEST:
        raise InvalidInput(_("Describe the problem in 1 to %(n)d characters.") % {"n": LONGEST}, field="text")
    with transaction.atomic():
        row: Meeting = held(actor, meeting, "topic")
        require(rules.in_state(row.state, *rules.OPEN))
        partner = Partner.objects.get(organisation_id=actor.organisation_id)
        if row.topics.filter(partner=partner, title=title.strip(), text=text.strip()).exists():
            raise Conflict(_("This topic was brought up already: it stands in the list."))
        topic = Topic(
            meeting=row, partner=partner, author_id=actor.user_id, title=title.strip(), text=text.strip(),
            given_at=clock.now(),
        )  # fmt: skip
        signed_by(actor, topic, "bring up").save()
        facts = {"partner": partner.short_name, "title": topic.title}
        record(row, verbs.TOPIC_GIVEN.code, actor, facts=facts)
        notices.tell_owner(row, "topic.given", partner=partner.short_name, text=topic.title)
    return topic


def put_on_agenda(actor: Actor, topic: Topic, item: AgendaItem | None, title: str = "") -> Topic:
    """Under an item that exists or under a new one; several topics may share one. Raises as `bring_up`."""
    with transaction.atomic():
        row = _kept(actor, topic, "put on agenda")
        meeting = kept(actor, row.meeting, "topic", *rules.OPEN)
        if item is None:
            if not title.strip():
                raise InvalidInput(_("Choose an item of the agenda, or name a new one."), field="title")
            item = AgendaItem(meeting=meeting, place=20, title=title.strip())
            signed_by(actor, item, "topic").save()
        elif item.meeting_id != meeting.pk:
            raise InvalidInput(_("This item belongs to another meeting."), field="item")
        row.item = item
        if row.state == TopicState.OPEN:
            row.become(TopicState.ON_AGENDA)
        row.save()
        record(meeting, verbs.TOPIC_PLACED.code, actor, facts={"title": row.title, "item": str(item)})
    return row


def answer(actor: Actor, topic: Topic, words: str) -> Topic:
    """What the brand says to it, before the meeting or after. Raises Refused, Conflict or InvalidInput."""
    if not words.strip():
        raise InvalidInput(_("Answer in words: the partner reads them."), field="answer")
    with transaction.atomic():
        row = _kept(actor, topic, "answer")
        if row.state == TopicState.ANSWERED:
            raise Conflict(_("This topic was answered already."))
        meeting: Meeting = held(actor, row.meeting, "topic")
        require(rules.in_state(meeting.state, *set(MeetingState) - {MeetingState.CANCELLED}))
        row.answer, row.answered_by_id = words.strip(), actor.user_id
        row.become(TopicState.ANSWERED)
        row.save()
        record(meeting, verbs.TOPIC_ANSWERED.code, actor, facts={"title": row.title, "answer": row.answer})
        notices.tell_person(meeting, row.author, "topic.answered", answer=row.answer)
    return row


def _kept(actor: Actor, topic: Topic, why: str) -> Topic:
    return locked(actor, topic, why, rules.keeps_meetings(actor.role))
