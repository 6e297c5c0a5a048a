"""Give tasks, report them as done, ask for and give more time, cancel, open again, remind (R073, R076, R077)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import held, locked, need_reason, require, signed_by
from partners.choices.cooperation import TaskState
from partners.models import CooperationTask
from partners.notices import cooperation as notices
from partners.queries import cooperation_task as tasks
from partners.rules import cooperation_task as rules
from partners.verbs import cooperation as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.files.models import AttachmentKind
from portal.files.store import store
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput
from portal.numbering.take import next_number
from portal.workflow.corridor import lock_row

#: The journal keeps what was told at which level, in the order in which a task grows old.
_TOLD = ("", "soon", "overdue", "late")


def give(actor: Actor, title: str, owner: User, due_on: date, **origin: Any) -> CooperationTask:
    """A task of somebody until a day; `origin` may say text, plan, meeting, decision. Raises Refused, InvalidInput."""
    require(rules.gives_tasks(actor.role))
    if not title.strip():
        raise InvalidInput(_("Say what is to be done."), field="title")
    if due_on < clock.today():
        raise InvalidInput(_("The day lies in the past."), field="due_on")
    if not tasks.possible_owners(actor).filter(pk=owner.pk).exists():
        raise InvalidInput(_("Tasks are given to people of the brand and of partners that you see."), field="owner")
    with transaction.atomic():
        row = CooperationTask(
            number=next_number("cooperation task", "RW", clock.now()), title=title.strip(), owner=owner,
            partner=tasks.company_of(owner), due_on=due_on, first_due_on=due_on, given_at=clock.now(), **origin,
        )  # fmt: skip
        signed_by(actor, row, "give").save(force_insert=True)
        facts = {"title": row.title, "owner": str(owner), "due": due_on}
        record(row, verbs.TASK_GIVEN.code, actor, facts=facts)
        if owner.pk != actor.user_id:
            notices.tell_task(row, "task.given")
    return row


def finish(actor: Actor, task: CooperationTask, result: str, upload: Any = None) -> CooperationTask:
    """It is done, with what came of it and on wish a file. Raises Refused, Conflict or InvalidInput (E01)."""
    if not result.strip():
        raise InvalidInput(_("Say what came of it."), field="result")
    with transaction.atomic():
        row: CooperationTask = held(actor, task, "finish")
        require(rules.may_finish(actor.role, own=row.owner_id == actor.user_id, state=row.state))
        if upload:
            _keep(upload, row, actor)
        row.result, row.done_at = result.strip(), clock.now()
        row.become(TaskState.DONE)
        row.save()
        record(row, verbs.TASK_DONE.code, actor, facts={"result": row.result})
        notices.tell_givers(row, "task.done", result=row.result)
    return row


def ask_more_time(actor: Actor, task: CooperationTask, until: date, reason: str) -> CooperationTask:
    """The owner asks for a later day; a brand manager decides. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why you need more time."))
    with transaction.atomic():
        row: CooperationTask = held(actor, task, "ask for time")
        require(rules.may_finish(actor.role, own=row.owner_id == actor.user_id, state=row.state))
        require(rules.may_ask(row.wanted_until))
        _check_later(row, until)
        row.wanted_until, row.wanted_reason, row.wanted_by_id = until, reason.strip(), actor.user_id
        row.save()
        record(row, verbs.MORE_TIME_ASKED.code, actor, facts={"until": until, "reason": reason})
        notices.tell_givers(row, "task.asked", day=str(until), reason=reason)
    return row


def extend(actor: Actor, task: CooperationTask, until: date, reason: str) -> CooperationTask:
    """A later day, with a reason. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the day is moved."))
    with transaction.atomic():
        row = _kept(actor, task, reason)
        require(rules.is_open(row.state))
        _check_later(row, until)
        facts = {"before": row.due_on, "until": until, "reason": reason}
        _move(row, until)
        record(row, verbs.TASK_EXTENDED.code, actor, facts=facts)
        notices.tell_task(row, "task.moved", reason=reason)
    return row


def decline_more_time(actor: Actor, task: CooperationTask, reason: str) -> CooperationTask:
    """The day stays; owner and asker are told why (R073). Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why the day stays: whoever asked reads it."))
    with transaction.atomic():
        row = _kept(actor, task, reason)
        require(rules.is_open(row.state))
        if row.wanted_until is None:
            raise Conflict(_("Nobody asks for more time: it was decided already."))
        facts = {"until": row.wanted_until, "due": row.due_on, "reason": reason}
        asker = list(User.objects.filter(pk__in={row.owner_id, row.wanted_by_id} - {None}))
        row.wanted_until, row.wanted_reason, row.wanted_by = None, "", None
        row.save()
        record(row, verbs.MORE_TIME_DECLINED.code, actor, facts=facts)
        notices.tell_task(row, "task.declined", asker, reason=reason)
    return row


def cancel(actor: Actor, task: CooperationTask, reason: str) -> CooperationTask:
    """It need not be done. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say why it need not be done."))
    with transaction.atomic():
        row = _kept(actor, task, reason)
        require(rules.is_open(row.state))
        row.become(TaskState.CANCELLED)
        row.save()
        record(row, verbs.TASK_CANCELLED.code, actor, facts={"reason": reason})
        notices.tell_task(row, "task.cancelled", reason=reason)
    return row


def reopen(actor: Actor, task: CooperationTask, until: date, reason: str) -> CooperationTask:
    """What was reported or cancelled is open again, with a new day. Raises Refused, Conflict or InvalidInput."""
    need_reason(reason, _("Say what is still to be done."))
    with transaction.atomic():
        row = _kept(actor, task, reason)
        if row.state == TaskState.OPEN:
            raise Conflict(_("The task is open."))
        if until < clock.today():
            raise InvalidInput(_("The new day lies in the past."), field="until")
        row.become(TaskState.OPEN)
        row.done_at = None
        _move(row, until)
        record(row, verbs.TASK_REOPENED.code, actor, facts={"until": until, "reason": reason})
        notices.tell_task(row, "task.moved", reason=reason)
    return row


def remind(today: date) -> int:
    """Tell owners of what is due soon or overdue, and who leads them of what stays so; each level once."""
    rows = CooperationTask.objects.open().filter(due_on__lte=today + rules.REMIND_BEFORE)
    return sum(_remind(pk, today) for pk in list(rows.values_list("pk", flat=True)))


def _remind(pk: int, today: date) -> bool:
    with transaction.atomic():
        row: CooperationTask = lock_row(CooperationTask(pk=pk))
        level = rules.level(row.due_on, today)
        if row.state != TaskState.OPEN or _TOLD.index(level) <= _TOLD.index(row.told_level):
            return False
        row.told_level = level
        signed_by(Actor.system(), row, "reminder").save()
        notices.tell_task(row, f"task.{level}", notices.leaders_of(row) if level == "late" else None)
    return True


def _kept(actor: Actor, task: CooperationTask, why: str) -> CooperationTask:
    return locked(actor, task, why, rules.gives_tasks(actor.role))


def _move(row: CooperationTask, until: date) -> None:
    """A new due day: requests are answered by it, and reminders begin anew."""
    row.due_on, row.told_level = until, ""
    row.wanted_until, row.wanted_reason, row.wanted_by = None, "", None
    row.save()


def _check_later(row: CooperationTask, until: date) -> None:
    verdict = rules.later(row.due_on, until, clock.today())
    if not verdict:
        raise InvalidInput(verdict.reason, field="until")


def _keep(upload: Any, row: CooperationTask, actor: Actor) -> None:
    try:
        store(upload, row, AttachmentKind.DOCUMENT, actor, public=False)
    except InvalidInput as error:
        raise InvalidInput(error.message, field="file") from error
