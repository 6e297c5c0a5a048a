"""What the people of a meeting are told (R041, R076, R225)."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.models import Invitation, Meeting, Partner
from partners.notices.telling import tell
from partners.queries.people import managers_of
from portal.accounts.models import User
from portal.kernel import clock
from portal.notify.types import register

_INVITED = _("Whoever is invited")
_OWNER = _("Whoever prepares the meeting")


def _kind(code: str, title: Any, body: Any, audience: Any = _INVITED) -> None:
    register(code, title, body, audience, group="cooperation")


_kind(
    "meeting.planned",
    _("To prepare: %(meeting)s"),
    _("“%(meeting)s” is owed and stands in the calendar for %(day)s. Check the day, fill the agenda, invite."),
    _OWNER,
)
_kind(
    "meeting.topics",
    _("What troubles you? %(meeting)s"),
    _("“%(meeting)s” is planned for %(day)s. Bring up the problems you meet in executing the standard."),
    _("Managers of the partners concerned"),
)
_kind(
    "meeting.invited",
    _("Invitation: %(meeting)s"),
    _("You are invited to “%(meeting)s” on %(day)s, %(place)s. Please say whether you come."),
)
_kind(
    "meeting.reminder",
    _("Please answer: %(meeting)s"),
    _("“%(meeting)s” is on %(day)s. Please say whether you come."),
)
_kind(
    "meeting.moved",
    _("Moved: %(meeting)s"),
    _("“%(meeting)s” is on %(day)s now, %(place)s: %(reason)s. Please answer again."),
)
_kind("meeting.cancelled", _("Cancelled: %(meeting)s"), _("“%(meeting)s” does not take place: %(reason)s"))
_kind("meeting.answered", _("%(who)s: %(answer)s"), _("%(meeting)s: %(who)s, %(answer)s."), _OWNER)
_kind(
    "minutes.released",
    _("Minutes: %(meeting)s"),
    _("The minutes of “%(meeting)s” are there. Acknowledge them or ask for a correction until %(until)s."),
)
_kind("minutes.correction", _("Correction: %(meeting)s"), _("%(who)s asks for a correction: %(text)s"), _OWNER)
_kind(
    "minutes.answered",
    _("Your correction: %(meeting)s"),
    _("%(answer)s"),
    _("Whoever asked for the correction"),
)
_kind("topic.given", _("Topic for %(meeting)s"), _("%(partner)s: %(text)s"), _OWNER)
_kind("topic.answered", _("Your topic for %(meeting)s"), _("%(answer)s"), _("Whoever brought up the topic"))


def tell_invited(meeting: Meeting, code: str, rows: Iterable[Invitation], **context: Any) -> None:
    """To people with an invitation."""
    for row in rows:
        _tell(meeting, code, row.user, outside=row.partner_id is not None, **context)


def tell_owner(meeting: Meeting, code: str, **context: Any) -> None:
    """To whoever prepares the meeting."""
    _tell(meeting, code, meeting.owner, outside=False, **context)


def tell_managers(meeting: Meeting, partners: Iterable[Partner], code: str, **context: Any) -> None:
    """To the managers of the partners of a meeting."""
    for partner in partners:
        for user in managers_of(partner):
            _tell(meeting, code, user, outside=True, **context)


def tell_person(meeting: Meeting, user: User, code: str, **context: Any) -> None:
    """To somebody of a partner."""
    _tell(meeting, code, user, outside=True, **context)


def _tell(meeting: Meeting, code: str, user: User, *, outside: bool, **context: Any) -> None:
    link = f"/field/meetings/{meeting.pk}/" if outside else f"/admin/partners/meeting/{meeting.pk}/change/"
    named = {
        "meeting": meeting.title,
        "day": f"{clock.local(meeting.starts_at):%Y-%m-%d %H:%M}",
        "place": meeting.place or "—",
        "until": str(meeting.replies_until or "—"),
        **context,
    }
    tell([user], code, meeting, link=link, **named)
