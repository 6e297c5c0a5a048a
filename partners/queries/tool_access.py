"""Who may read the certificates of calibrations, and have notices about tools and grants (A08, A16)."""

from collections.abc import Callable

from partners.models import Calibration, Tool, ToolGrant
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet
from portal.files import access
from portal.notify import types
from portal.notify.models import Notice


def _seen(rows: Callable[[], ScopedQuerySet]) -> Callable[[Actor, int], bool]:
    return lambda actor, pk: rows().visible_to(actor).filter(pk=pk).exists()


sees_calibration = _seen(Calibration.objects.all)
sees_tool = _seen(Tool.objects.all)
sees_grant = _seen(ToolGrant.objects.all)


def _concerns(sees: Callable[[Actor, int], bool]) -> Callable[[Notice], bool]:
    """Whether the person still sees the row at the moment of sending."""
    return lambda notice: notice.user is None or sees(Actor.of(notice.user), int(notice.subject.partition(":")[2]))


access.register("calibration", sees_calibration)
types.register_check("tool", _concerns(sees_tool))
types.register_check("toolgrant", _concerns(sees_grant))
