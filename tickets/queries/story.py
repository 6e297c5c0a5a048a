"""What a customer may read of his ticket: the public part of the service log, with files (R059, R214)."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from portal.files.models import Attachment
from portal.journal.log import entries_for, subject_of
from portal.journal.models import JournalEntry
from tickets.models import Ticket


def public_story(ticket: Ticket) -> list[dict[str, Any]]:
    """The newest first; each item is what components/timeline.html shows."""
    files = files_of(ticket, public=True)
    entries = [entry for entry in entries_for(ticket) if entry.kind.public]
    return [_item(entry, files) for entry in reversed(entries)]


def outline(ticket: Ticket) -> list[dict[str, Any]]:
    """What happened when, without names and words: for whoever only knows number and telephone."""
    entries = [entry for entry in entries_for(ticket) if entry.kind.public]
    return [
        {"time": e.happened_at, "title": e.kind.label, "icon": e.kind.icon, "colour": e.kind.colour}
        for e in reversed(entries)
    ]


def full_story(ticket: Ticket) -> list[dict[str, Any]]:
    """Everything, for those who handle the ticket."""
    files = files_of(ticket)
    return [_item(entry, files) for entry in reversed(entries_for(ticket))]


def files_of(ticket: Ticket, *, public: bool = False) -> list[Attachment]:
    """The ticket's files except signatures."""
    files = Attachment.objects.filter(subject=subject_of(ticket)).exclude(kind="signature")
    return list(files.filter(public=True) if public else files)


def chips(files: Iterable[Attachment]) -> list[dict[str, str]]:
    """Files as links with thumbnails."""
    return [
        {
            "name": file.name,
            "url": reverse("files:attachment", args=[file.key]),
            "image": reverse("files:thumb", args=[file.key]) if file.content_type.startswith("image/") else "",
        }
        for file in files
    ]


def _item(entry: JournalEntry, files: list[Attachment]) -> dict[str, Any]:
    named = set(entry.facts.get("files", []))
    mine = [file for file in files if file.name in named and file.uploaded_at == entry.happened_at]
    verb = entry.kind
    return {
        "time": entry.happened_at,
        "title": verb.label,
        "text": entry.sentence(),
        "icon": verb.icon,
        "colour": verb.colour,
        "attachments": chips(mine),
    }
