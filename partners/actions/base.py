"""What the actions of the partner network begin with: may he, is it his to see, lock it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from partners.rules import permission
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.kernel.verdict import Denied, Verdict
from portal.workflow.corridor import lock_row


def locked(actor: Actor, row: Model, why: str, verdict: Verdict | None = None) -> Any:
    """A fresh copy of the row, locked until the transaction ends. Raises Refused.

    `verdict` says whether he may, where it is not the brand managers' business alone.
    """
    require(permission.manages_partners(actor.role) if verdict is None else verdict)
    return held(actor, row, why)


def held(actor: Actor, row: Model, why: str) -> Any:
    """A fresh copy of a row that the actor sees, locked until the transaction ends. Raises Refused."""
    if not type(row)._default_manager.all().visible_to(actor).filter(pk=row.pk).exists():
        raise Refused(_("This row is not in your regions."))
    return signed_by(actor, lock_row(row), why)


def signed_by(actor: Actor, row: Any, why: str) -> Any:
    """The row, whose next version in the history will say who and why."""
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    row._change_reason = why[:100]
    return row


def checked(row: Model, exclude: tuple[str, ...] = ()) -> None:
    """The model's own checks, with the field that they name. Raises InvalidInput."""
    try:
        row.full_clean(exclude=exclude)
    except ValidationError as error:
        name, words = next(iter(error.message_dict.items()))
        raise InvalidInput(" ".join(words), field=None if name == "__all__" else name) from error


def require(verdict: Verdict) -> None:
    """Go on only if the verdict is yes. Raises Conflict where only the state forbids it, else Refused."""
    if not verdict:
        raise (Conflict if isinstance(verdict, Denied) and verdict.wrong_state else Refused)(verdict.reason)


def need_reason(reason: str, words: str) -> None:
    """A reason must be said; `words` ask for it. Raises InvalidInput."""
    if not reason.strip():
        raise InvalidInput(words, field="reason")
