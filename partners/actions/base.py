"""What the actions of the partner network begin with: may he, is it his to see, lock it."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from partners.rules import permission
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.verdict import Denied, Verdict
from portal.workflow.corridor import lock_row


def locked(actor: Actor, row: Model, why: str) -> Any:
    """A fresh copy of the row for somebody who manages partners, locked until the transaction ends. Raises Refused."""
    require(permission.manages_partners(actor.role))
    return held(actor, row, why)


def held(actor: Actor, row: Model, why: str) -> Any:
    """A fresh copy of a row that the actor sees, locked until the transaction ends. Raises Refused."""
    if not type(row)._default_manager.all().visible_to(actor).filter(pk=row.pk).exists():
        raise Refused(_("This row is not in your regions."))
    fresh = lock_row(row)
    fresh._history_user = User(pk=actor.user_id) if actor.user_id else None
    fresh._change_reason = why[:100]
    return fresh


def require(verdict: Verdict) -> None:
    """Go on only if the verdict is yes. Raises Conflict where only the state forbids it, else Refused."""
    if not verdict:
        raise (Conflict if isinstance(verdict, Denied) and verdict.wrong_state else Refused)(verdict.reason)


def need_reason(reason: str, words: str) -> None:
    """A reason must be said; `words` ask for it. Raises InvalidInput."""
    if not reason.strip():
        raise InvalidInput(words, field="reason")
