"""The wording of notices: the portal's own, or what a brand manager put in its place (B15)."""

import logging
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.journal.verbs import register
from portal.kernel.errors import InvalidInput, Refused
from portal.notify import places, types, wording
from portal.notify.models import NoticeText
from portal.notify.types import NoticeType

logger = logging.getLogger(__name__)
EDITORS = frozenset({Role.BRAND_MANAGER})

CHANGED = register(
    "notice_text_changed",
    gettext_lazy("Wording changed"),
    gettext_lazy("%(actor)s changed the wording of the notice %(type)s (%(language)s)"),
)
RESET = register(
    "notice_text_reset",
    gettext_lazy("Standard wording"),
    gettext_lazy("%(actor)s put the notice %(type)s (%(language)s) back to the standard wording"),
)


class PlaceMissing(LookupError):
    """A caller of `queue` did not give a place that the kind declares: found by tests, a dash in earnest."""


def words(
    kind: NoticeType, language: str, context: Mapping[str, Any], link: str = "", *, standard: bool = False
) -> tuple[str, str]:
    """Title and text in the active language with values put in. Raises PlaceMissing where tests run."""
    lacking = [name for name in kind.places if name not in context]
    if lacking and settings.NOTIFY_STRICT:
        raise PlaceMissing(f"{kind.code}: no value for {', '.join(lacking)}")
    if lacking:
        logger.warning("notice %s: no value for %s", kind.code, ", ".join(lacking))
    title, body = kind.standard(language) if standard else current(kind, language)
    return wording.filled(title, body, context, link)


def current(kind: NoticeType, language: str) -> tuple[str, str]:
    """Title and text as they are in force."""
    row = NoticeText.objects.filter(type=kind.code, language=language, in_force=True).first()
    return (row.title, row.body) if row else kind.standard(language)


def allowed(kind: NoticeType) -> list[str]:
    """The places that a wording of the kind may use."""
    return [*kind.names(), "link"]


def problems(kind: NoticeType, title: str, body: str) -> dict[str, str]:
    """Field and reason of everything that cannot be taken; empty for a good wording (B15)."""
    found = {}
    if not title.strip():
        found["title"] = _("Write a title.")
    elif "\n" in title.strip() or "\r" in title.strip():
        found["title"] = _("A title is one line.")
    elif len(title) > wording.LONGEST_TITLE:
        found["title"] = _("A title has at most %(most)d characters.") % {"most": wording.LONGEST_TITLE}
    elif reason := wording.problem(title, kind.names()):
        found["title"] = reason
    if not body.strip():
        found["body"] = _("Write a text.")
    elif len(body) > wording.LONGEST_BODY:
        found["body"] = _("A text has at most %(most)d characters.") % {"most": wording.LONGEST_BODY}
    elif reason := wording.problem(body, allowed(kind)):
        found["body"] = reason
    elif needs_link(kind) and "link" not in wording.names(body):
        found["body"] = _("This notice must carry {link}: the customer signs or answers there.")
    return found


def needs_link(kind: NoticeType) -> bool:
    """Does the standard text place the link? Then every wording must."""
    return "link" in wording.names(kind.standard("en")[1])


def examples(kind: NoticeType) -> dict[str, str]:
    """Example values of all places in the active language."""
    return {name: str(places.place(name).example) for name in allowed(kind)}


def preview(kind: NoticeType, title: str, body: str) -> tuple[str, str]:
    """The wording with example values in the active language."""
    values = examples(kind)
    return wording.filled(title, body, values, values["link"] if needs_link(kind) else "")


def change(actor: Actor, code: str, language: str, title: str, body: str) -> NoticeText:
    """Put a wording in force. Raises Refused, or InvalidInput that names field and remedy."""
    kind = _require(actor, code, language)
    body = body.replace("\r\n", "\n").strip()
    for name, reason in problems(kind, title, body).items():
        raise InvalidInput(reason, field=name)
    with transaction.atomic():
        row = _locked(code, language) or NoticeText(type=code, language=language)
        row.title, row.body, row.in_force = title.strip(), body, True
        return _saved(row, actor, CHANGED.code)


def reset(actor: Actor, code: str, language: str) -> NoticeText:
    """Back to the portal's own words; the row keeps the history. Raises Refused or InvalidInput."""
    _require(actor, code, language)
    with transaction.atomic():
        row = _locked(code, language)
        if row is None or not row.in_force:
            raise InvalidInput(_("The standard wording is in force already."))
        row.in_force = False
        return _saved(row, actor, RESET.code)


def _require(actor: Actor, code: str, language: str) -> NoticeType:
    if actor.role not in EDITORS:
        raise Refused(_("Brand managers change the wording of notices."))
    if code not in types.registered() or language not in dict(settings.LANGUAGES):
        raise InvalidInput(_("There is no such notice."))
    return types.get(code)


def _locked(code: str, language: str) -> NoticeText | None:
    return NoticeText.objects.select_for_update().filter(type=code, language=language).first()


def _saved(row: NoticeText, actor: Actor, verb: str) -> NoticeText:
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    row.save()
    record(row, verb, actor, facts={"type": row.type, "language": row.language, "title": row.title, "body": row.body})
    return row
