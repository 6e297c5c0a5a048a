"""What all ticket actions share: the corridor with settlement, and how a record row is written."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from portal.files.store import store
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


def keep_files(step: Step, files: Iterable[Any], kind: str = "photo", public: bool = True) -> list[str]:
    """Store uploads with the ticket; their names go into the journal's facts."""
    return [store(upload, subject_of(step.row), kind, step.actor, public=public).name for upload in files]


def required(values: dict[str, Any], *names: str) -> None:
    """InvalidInput for the first of the named values that is empty: forms say it first, every other door here."""
    for name in names:
        if values.get(name) in (None, "", []):
            raise InvalidInput(f"{name} is required", field=name)


def label_of(row: models.Model | None) -> str:
    """How a related row is named in the journal."""
    return "" if row is None else str(row)
