"""perform(): lock, check, change, journal, notices, all in one transaction.

Every entrance (admin button, page, link, API, task) calls an action; every action passes through here. So nothing
can be done by one door that another door forbids or forgets to log.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import connection, models, transaction
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import entries_for, record
from portal.journal.models import JournalEntry
from portal.kernel import clock
from portal.kernel.errors import Conflict, Refused
from portal.kernel.verdict import Denied, Verdict


@dataclass
class Step:
    """One passage through the corridor: the locked row, who acts, and what the journal will say of it."""

    actor: Actor
    row: Any
    name: str
    at: datetime
    verb: str
    facts: dict[str, Any] = field(default_factory=dict)
    entry: JournalEntry | None = None

    def require(self, verdict: Verdict) -> None:
        """Go on only if the verdict is yes; otherwise its reason is what the screen prints."""
        if not verdict:
            raise (Conflict if isinstance(verdict, Denied) and verdict.wrong_state else Refused)(verdict.reason)


def lock_row(row: models.Model) -> Any:
    """A fresh copy of the row under a lock that lasts as long as the transaction.

    PostgreSQL locks the row. SQLite ignores `select_for_update`; there the transaction began IMMEDIATE and is
    the only writer already. `Model.LOCKED_WITH` names the relations that every step asks for: one query for all.
    """
    rows = type(row)._base_manager
    related = getattr(row, "LOCKED_WITH", ())
    if not related:
        return rows.select_for_update(of=("self",)).get(pk=row.pk)
    if connection.features.has_select_for_update:
        # A statement of its own: one that waits reads the row anew but joins others as they were before it waited.
        rows.select_for_update(of=("self",)).values_list("pk").get(pk=row.pk)
    return rows.select_related(*related).get(pk=row.pk)


def perform(
    actor: Actor,
    row: models.Model,
    name: str,
    change: Callable[[Step], None],
    *,
    version: int | None = None,
    key: str | None = None,
    settle: Callable[[Step], None] | None = None,
    verb: str | None = None,
) -> Any:
    """Make one transition exactly once and return the changed row.

    `version` is what the form was opened at: another one now is a Conflict (C08). `key` makes a repeated sending
    harmless: the second call changes nothing and returns the row as it stands (C02, M17). `settle` computes what
    follows from the change (clocks, facts) in the same transaction. Raises Refused (403) or Conflict (409).
    """
    with transaction.atomic():
        locked = lock_row(row)
        if key and entries_for(locked).filter(key=key).exists():
            return locked
        _check(actor, locked, name, version)
        step = Step(actor, locked, name, clock.now(), verb or name)
        locked._history_user = User(pk=actor.user_id) if actor.user_id else None
        locked._change_reason = name
        try:
            change(step)
        except TransitionNotAllowed as error:
            raise Conflict(_too_late(locked)) from error
        locked.version += 1
        locked.save()
        step.entry = record(locked, step.verb, step.actor, facts=step.facts, at=step.at, key=key)
        if settle:
            settle(step)
    return locked


def action(
    name: str, settle: Callable[[Step], None] | None = None
) -> Callable[[Callable[..., None]], Callable[..., Any]]:
    """Turn `def accept(step, owner)` into `accept(actor, ticket, owner, version=…, key=…)` through the corridor."""

    def decorate(body: Callable[..., None]) -> Callable[..., Any]:
        @wraps(body)
        def run(
            actor: Actor,
            row: models.Model,
            *args: Any,
            version: int | None = None,
            key: str | None = None,
            **kwargs: Any,
        ) -> Any:
            return perform(
                actor, row, name, lambda step: body(step, *args, **kwargs), version=version, key=key, settle=settle
            )

        return run

    return decorate


@dataclass(frozen=True, slots=True)
class Option:
    """A transition as a button: its name, its label and whether it may be pressed now."""

    name: str
    label: Any
    verdict: Verdict


def options(actor: Actor, row: Any) -> list[Option]:
    """Every transition of the row's machine with the verdict for this actor now; a grey button knows its reason."""
    return [Option(name, label, row.verdict(actor, name)) for name, label in row.transition_labels()]


def available(actor: Actor, row: Any) -> list[Option]:
    """The transitions that this actor may make now."""
    return [option for option in options(actor, row) if option.verdict]


def _check(actor: Actor, row: Any, name: str, version: int | None) -> None:
    verdict = row.verdict(actor, name)
    if not verdict and not verdict.wrong_state:
        raise Refused(verdict.reason)
    if not verdict or (version is not None and version != row.version):
        raise Conflict(_too_late(row))


def _too_late(row: Any) -> str:
    """Who was faster, what he did, and what the state is now."""
    last = entries_for(row).last()
    now = {"state": row.get_state_display(), "number": str(row)}
    if last is None:
        return _("%(number)s is %(state)s now, so this step is not possible.") % now
    return _(
        "Somebody was faster. Last step: %(what)s. %(number)s is now “%(state)s”; look at it again before you go on."
    ) % {**now, "what": last.sentence()}


def facts_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what was said: a fact left empty is not written to the journal."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
