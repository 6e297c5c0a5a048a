"""What brand and partner are told of plans and tasks (R071–R078)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from partners.models import CooperationPlan, CooperationTask
from partners.notices.telling import tell
from partners.queries.people import department, managers_of
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.notify.types import register, register_group

_BOTH = _("The coordination group of the plan, on the other side")
_OWNER = _("Whoever does the task")
register_group(
    "cooperation",
    _("Cooperation"),
    _("Plans, messages of the coordination group, meetings and their tasks"),
    must=_("Whoever has a task must be told in writing."),
)
register(
    "plan.to_agree",
    _("Agree to the plan: %(plan)s"),
    _("The brand agrees to the cooperation plan “%(plan)s”. Please read it and agree, or say what should change."),
    _("Managers of the partner"),
    group="cooperation",
)
register(
    "plan.agreed",
    _("Agreed: %(plan)s"),
    _("%(partner)s agrees to the cooperation plan “%(plan)s”."),
    _("Brand managers of the region"),
    group="cooperation",
)
register(
    "plan.changed",
    _("Changed: %(plan)s"),
    _("The plan “%(plan)s” was changed after it was agreed on. Please look at it again."),
    _("Managers of the partner"),
    group="cooperation",
)
register(
    "plan.advanced",
    _("%(plan)s: now “%(stage)s”"),
    _("The cooperation plan “%(plan)s” is in the stage “%(stage)s” now."),
    _BOTH,
    group="cooperation",
)
register(
    "plan.stopped",
    _("Stopped: %(plan)s"),
    _("The cooperation plan “%(plan)s” was stopped. Reason: %(reason)s"),
    _BOTH,
    group="cooperation",
)
register("plan.posted", _("%(who)s on %(plan)s"), _("%(text)s"), _BOTH, group="cooperation")
register(
    "task.given", _("Task: %(task)s"), _("You have a task: %(task)s, due on %(day)s."), _OWNER, group="cooperation"
)
register("task.soon", _("Due soon: %(task)s"), _("The task “%(task)s” is due on %(day)s."), _OWNER, group="cooperation")
register(
    "task.overdue",
    _("Overdue: %(task)s"),
    _("The task “%(task)s” was due on %(day)s. Report it as done, or ask for more time."),
    _OWNER,
    group="cooperation",
)
register(
    "task.late",
    _("Overdue for days: %(task)s"),
    _("%(who)s has not done “%(task)s”, which was due on %(day)s."),
    _("Managers of the company that does the task, and brand managers of its region"),
    group="cooperation",
)
register(
    "task.done", _("Done: %(task)s"), _("%(who)s: %(result)s"), _("Brand managers of the region"), group="cooperation"
)
register(
    "task.asked",
    _("More time asked for: %(task)s"),
    _("%(who)s asks for time until %(day)s: %(reason)s"),
    _("Brand managers of the region"),
    group="cooperation",
)
register(
    "task.moved", _("New day: %(task)s"), _("The task “%(task)s” is due on %(day)s now: %(reason)s"), _OWNER,
    group="cooperation",
)  # fmt: skip
register(
    "task.declined",
    _("No more time: %(task)s"),
    _("More time for the task “%(task)s” is declined; it stays due on %(day)s. Reason: %(reason)s"),
    _("Whoever does the task, and whoever asked for more time"),
    group="cooperation",
)
register(
    "task.cancelled", _("Cancelled: %(task)s"), _("The task “%(task)s” need not be done: %(reason)s"), _OWNER,
    group="cooperation",
)  # fmt: skip


def tell_partner(plan: CooperationPlan, code: str, **context: Any) -> None:
    """To the managers of the partner of a plan."""
    _tell(managers_of(plan.partner), code, plan, **context)


def tell_brand(plan: CooperationPlan, code: str, **context: Any) -> None:
    """To the brand managers of the partner's region."""
    _tell(department([Role.BRAND_MANAGER], plan.partner.region), code, plan, **context)


def tell_group(plan: CooperationPlan, people: list[User], code: str, **context: Any) -> None:
    """To members of the group, each with his own way to the plan."""
    _tell(people, code, plan, **context)


def _tell(people: list[User], code: str, plan: CooperationPlan, **context: Any) -> None:
    named = {"plan": plan.title, "partner": plan.partner.short_name, **context}
    for user in people:
        tell([user], code, plan, link=plan_link(plan, user), **named)


def plan_link(plan: CooperationPlan, user: User) -> str:
    """Where this person reads the plan."""
    return f"/field/cooperation/{plan.pk}/" if _outside(user) else f"/admin/partners/cooperationplan/{plan.pk}/change/"


def tell_task(task: CooperationTask, code: str, people: list[User] | None = None, **context: Any) -> None:
    """To whoever does the task, or to others."""
    named = {"task": task.title, "day": str(task.due_on), "who": str(task.owner), **context}
    for user in [task.owner] if people is None else people:
        tell([user], code, task, link=task_link(task, user), **named)


def task_link(task: CooperationTask, user: User) -> str:
    """Where this person works on the task."""
    if _outside(user):
        return f"/field/cooperation/tasks/{task.number}/"
    return f"/admin/partners/cooperationtask/{task.pk}/change/"


def leaders_of(task: CooperationTask) -> list[User]:
    """Who leads the owner: his company's managers, and the brand managers of its region; never the owner himself."""
    region = task.partner.region if task.partner else ""
    company = managers_of(task.partner) if task.partner else []
    return [user for user in [*company, *department([Role.BRAND_MANAGER], region)] if user.pk != task.owner_id]


def tell_givers(task: CooperationTask, code: str, **context: Any) -> None:
    """To the brand managers of the region."""
    region = task.partner.region if task.partner else ""
    people = [user for user in department([Role.BRAND_MANAGER], region) if user.pk != task.owner_id]
    tell_task(task, code, people, **context)


def _outside(user: User) -> bool:
    membership = user.current_membership()
    return membership is not None and membership.organisation.kind == "partner"
