"""What all ticket actions share: the corridor with settlement, and how a record row is written."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _

from portal.files.store import kind_of, store
from portal.journal.log import subject_of
from portal.kernel.errors import InvalidInput
from portal.workflow.corridor import Step, action
from tickets.actions.settle import settle
from tickets.models.record import Record

R = TypeVar("R", bound=Record)


def ticket_action(name: str) -> Any:
    """`portal.workflow.action` for tickets: clocks and facts are settled in the same transaction."""
    return action(name, settle=settle)


def write(step: Step, model: type[R], **values: Any) -> R:
    """A new record of the step's ticket, signed with actor and time."""
    row = model(
        ticket=step.row,
        created_at=step.at,
        created_by_id=step.actor.user_id,
        author=step.actor.label,
        **values,
    )
    row._history_user_id = step.actor.user_id
    row.save(force_insert=True)
    return row


def keep_files(step: Step, files: Iterable[Any], *, public: bool = True, field: str = "files") -> list[str]:
    """Store uploads with the ticket, each as what its content is; their names go into the journal's facts.

    A refused one is InvalidInput that names `field`, and nothing of the step happens.
    """
    try:
        return [
            store(upload, subject_of(step.row), kind_of(upload), step.actor, public=public, at=step.at).name
            for upload in files
        ]
    except InvalidInput as error:
        raise InvalidInput(error.message, field=error.field or field) from error


def required(values: dict[str, Any], *names: str) -> None:
    """InvalidInput for the first of the named values that is empty: forms say it first, every other door here."""
    for name in names:
        value = values.get(name)
        if value in (None, "", []) or (isinstance(value, str) and not value.strip()):
            raise InvalidInput(_("This must be filled in: %s.") % name, field=name)


def chosen(words: type[models.TextChoices], value: Any, field: str) -> None:
    """InvalidInput unless the value is one of the choices; a form's field says it first."""
    if value not in words.values:
        raise InvalidInput(_("Choose one of the answers that are offered."), field=field)


def label_of(row: models.Model | None) -> str:
    """How a related row is named in the journal."""
    return "" if row is None else str(row)
