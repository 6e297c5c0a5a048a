"""Who may see what hangs on plans, tasks and meetings: files, and notices about them (A08, A16)."""

from typing import Any

from partners.models import CooperationPlan, CooperationTask, Meeting, PlanPost
from portal.accounts.actor import Actor
from portal.files import access
from portal.notify import types
from portal.notify.models import Notice

SUBJECTS: dict[str, Any] = {
    "cooperationplan": CooperationPlan,
    "planpost": PlanPost,
    "cooperationtask": CooperationTask,
    "meeting": Meeting,
}


def _answer_for(prefix: str, model: Any) -> None:
    """Files of, and notices about, 'prefix:pk' are for whoever sees the row."""

    def sees(actor: Actor, pk: int) -> bool:
        return model.objects.visible_to(actor).filter(pk=pk).exists()

    def still(notice: Notice) -> bool:
        return notice.user is None or sees(Actor.of(notice.user), int(notice.subject.partition(":")[2]))

    access.register(prefix, sees)
    types.register_check(prefix, still)


for _prefix, _model in SUBJECTS.items():
    _answer_for(_prefix, _model)
