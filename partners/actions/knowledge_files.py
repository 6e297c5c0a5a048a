"""Files of an article: pictures that its text shows, and papers to take along (R018)."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from partners.actions.knowledge_base import locked
from partners.models import Article
from partners.rules import knowledge as rules
from partners.verbs import knowledge as verbs
from portal.accounts.actor import Actor
from portal.files import sniff
from portal.files.limits import PICTURES
from portal.files.models import Attachment, AttachmentKind
from portal.files.store import store
from portal.journal.log import record, subject_of
from portal.kernel.errors import InvalidInput


def attach(actor: Actor, article: Article, files: Iterable[Any]) -> Article:
    """Keep files with the article; its text names them. Raises Refused, or InvalidInput that names the file."""
    with transaction.atomic():
        row = locked(actor, article, rules.may_edit(actor.role), "files")
        names = keep(actor, row, files)
        record(row, verbs.ARTICLE_FILES.code, actor, facts={"files": names})
    return row


def keep(actor: Actor, article: Article, files: Iterable[Any]) -> list[str]:
    """Store uploads inside the caller's transaction; the names under which the text finds them.

    A name that the article has already gets a number, so that a picture in a text never changes unseen.
    """
    taken = set(Attachment.objects.filter(subject=subject_of(article)).values_list("name", flat=True))
    kept = []
    for upload in files:
        upload.seek(0)
        kind = AttachmentKind.PHOTO if sniff.detect(upload.read(sniff.HEAD)) in PICTURES else AttachmentKind.DOCUMENT
        upload.seek(0)
        upload.name = _free(upload.name, taken)
        try:
            name = store(upload, article, kind, actor, public=False).name
        except InvalidInput as error:
            raise InvalidInput(error.message, field="files") from error
        taken.add(name)
        kept.append(name)
    return kept


def _free(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{stem}-{number}{dot}{ending}"
    return free
