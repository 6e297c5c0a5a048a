"""What the history page tells: the journal's sentences, and how the fields changed, in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Field, ForeignKey, Model
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.journal.log import entries_for
from portal.journal.models import JournalEntry
from portal.kernel.words import joined
from portal.webkit.show import masked_phone, moment

#: Rows of history that one page shows.
MOST = 200
EMPTY = "—"


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after, as words."""

    label: Any
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Revision:
    """One saving of the row: when, by whom, what."""

    at: datetime
    who: str
    kind: Any
    first: bool
    changes: list[Change]


def story(row: Model) -> list[JournalEntry]:
    """The newest entries of the row's journal, newest first."""
    return list(entries_for(row).order_by("-sequence")[:MOST])


def changes(row: Model, masked: Sequence[str] = ()) -> list[Revision]:
    """How the row's fields changed, newest first; empty for a model without history."""
    manager = getattr(row, "history", None)
    if manager is None:
        return []
    versions = list(manager.order_by("-history_date", "-history_id")[: MOST + 1])
    names = _people(versions)
    related = _related(type(row), versions)
    pairs = zip(versions, [*versions[1:], None][: len(versions)], strict=True)
    revisions = [
        Revision(
            at=version.history_date,
            who=names.get(version.history_user_id, ""),
            kind=_kind(version.history_type),
            first=version.history_type != "~",
            changes=list(_differences(type(row), before, version, masked, related)),
        )
        for version, before in pairs
    ]
    return [revision for revision in revisions if revision.changes or revision.first][:MOST]


def _kind(code: str) -> str:
    return {"+": _("Created"), "~": _("Changed"), "-": _("Deleted")}.get(code, code)


def _people(versions: Iterable[Any]) -> dict[int, str]:
    ids = {version.history_user_id for version in versions} - {None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}


def _fields(model: type[Model]) -> list[Field]:
    return [field for field in model._meta.fields if not field.primary_key and field.name != "version"]


def _related(model: type[Model], versions: Sequence[Any]) -> dict[tuple[str, Any], str]:
    """Names of the rows that foreign keys point to: one query a key."""
    found: dict[tuple[str, Any], str] = {}
    for field in _fields(model):
        if isinstance(field, ForeignKey):
            ids = {getattr(version, field.attname, None) for version in versions} - {None}
            if ids:
                # A key may point to another unique column than the primary key (a calendar by its code).
                rows = field.remote_field.model._base_manager.in_bulk(ids, field_name=field.target_field.name)
                found |= {(field.name, key): str(other) for key, other in rows.items()}
    return found


def _differences(
    model: type[Model], before: Any, after: Any, masked: Sequence[str], related: dict[tuple[str, Any], str]
) -> Iterable[Change]:
    if before is None:
        return
    for field in _fields(model):
        if not hasattr(after, field.attname):
            continue
        old, new = getattr(before, field.attname), getattr(after, field.attname)
        if old != new:
            shown = [_words(field, value, field.name in masked, related) for value in (old, new)]
            yield Change(field.verbose_name, *shown)


def _words(field: Field, value: Any, hidden: bool, related: dict[tuple[str, Any], str]) -> Any:
    if value in (None, "", [], {}):
        return EMPTY
    if hidden:
        return masked_phone(str(value))
    if isinstance(field, ForeignKey):
        return related.get((field.name, value), f"#{value}")
    if field.choices:
        return dict(field.flatchoices).get(value, value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, list):
        return joined(value)
    return str(value)
