"""The minutes of a meeting on paper: who was there, what the figures were, what was said and decided (R076, R225)."""

from typing import Any

from django.utils.translation import pgettext

from partners.choices.meeting import MinutesReply
from partners.models import Meeting
from partners.queries import meeting_figures as figures
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.pdf import render


def minutes_pdf(meeting: Meeting, actor: Actor) -> bytes:
    """The minutes as PDF in the active language, as this reader may see them; a draft says so.

    The same rows give the same reader the same bytes.
    """
    people = list(meeting.invitations.select_related("user", "partner"))
    context: dict[str, Any] = {
        "meeting": meeting,
        "report_title": pgettext("meeting", "Minutes"),
        "day": clock.local(meeting.starts_at),
        "partners": [partner.name for partner in meeting.partners.all()],
        "present": [one for one in people if one.attended],
        "absent": [one for one in people if not one.attended],
        "items": figures.shown(meeting, actor),
        "others": figures.other_decisions(meeting),
        "compared": figures.compared_with(meeting),
        "corrections": [one for one in people if one.correction],
        "acknowledged": sum(one.reply == MinutesReply.ACKNOWLEDGED for one in people),
        "people": len(people),
    }
    title = f"{meeting.number} {meeting.title}"
    return render("partners/pdf/minutes.html", context, title=title, at=meeting.released_at or meeting.held_at)
