"""Who may see what hangs on a contract or a partner: signed papers, and notices about them (A08, A16)."""

from collections.abc import Callable
from typing import Any

from partners.models import ContractVersion, Partner, PartnerApplication, PartnerContract
from portal.accounts.actor import Actor
from portal.files import access
from portal.notify import types
from portal.notify.models import Notice

#: Subjects of files and notices, and the rows that decide who sees them.
_SUBJECTS: dict[str, Any] = {
    "contractversion": ContractVersion,
    "partnercontract": PartnerContract,
    "partner": Partner,
    "partnerapplication": PartnerApplication,
}


def _sees(model: Any) -> Callable[[Actor, int], bool]:
    return lambda actor, pk: model.objects.visible_to(actor).filter(pk=pk).exists()


def _still(model: Any) -> Callable[[Notice], bool]:
    def check(notice: Notice) -> bool:
        """Whether the member of staff still sees the row at the moment of sending."""
        return notice.user is None or _sees(model)(Actor.of(notice.user), int(notice.subject.partition(":")[2]))

    return check


for _prefix, _model in _SUBJECTS.items():
    access.register(_prefix, _sees(_model))
    types.register_check(_prefix, _still(_model))
