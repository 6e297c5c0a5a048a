"""What the tests of the partner's pages share: a browser of somebody, and filled-in steps."""

from datetime import timedelta
from typing import Any

from django.test import Client

from portal.accounts.models import User
from portal.kernel import clock
from tests.tickets.stages import Stage
from tickets.forms.steps import STEP_FORMS
from tickets.models import Ticket


def browser(user: User) -> Client:
    """Somebody signed in who reads Chinese, as is the default."""
    client = Client()
    client.force_login(user)
    return client


def url(ticket: Ticket, step: str = "") -> str:
    return f"/field/{ticket.number}/{step}/" if step else f"/field/{ticket.number}/"


def wall(hours: float) -> str:
    """A moment from now as the telephone's picker sends it."""
    return clock.local(clock.now() + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M")


def hidden(stage: Stage, ticket: Ticket, step: str, actor: Any = None) -> dict[str, str]:
    """Version and key as the form's page carries them."""
    form = STEP_FORMS[step](actor=actor or stage.technician, ticket=ticket)
    return {"version": str(ticket.version), "key": str(form["key"].value())}


def answers(stage: Stage, step: str) -> dict[str, Any]:
    """What somebody types into the step's form."""
    return {
        "accept": {"owner": stage.ann.pk},
        "decline": {"reason": "网点人员已满"},
        "contact": {"channel": "phone", "summary": "已电话联系客户", "outward": "on"},
        "diagnose": {"finding": "模块不通电", "probable_cause": "保险丝熔断", "mode": "remote", "warranty": "in"},
        "start": {"solution": "更换保险丝", "duration_hours": "2.5"},
        "arrive": {},
        "progress": {"status": "in_progress", "measures": "已拆检模块"},
        "suspend": {"reason": "customer", "expected_at": wall(48), "note": "客户出差"},
        "resume": {},
        "complete": {
            "service_from": wall(-2),
            "service_until": wall(-1),
            "cause": "保险丝熔断",
            "work_and_result": "更换后恢复正常",
            "inspection": ["power_on", "function"],
            "inspection_passed": "on",
            "explained": "on",
            "labour_charge": "80",
        },
        "answer": {"answer": "在设置中打开预约充电"},
        "deliver": {"delivered_at": wall(0), "note": "维修后的模块"},
        "escalate": {"level": "2", "senior": "王工", "cause": "需要厂家诊断仪"},
        "transfer": {"outlet": stage.side.outlet.pk, "reason": "更换责任人"},
    }[step]


def filled(stage: Stage, ticket: Ticket, step: str, actor: Any = None, **changes: Any) -> dict[str, Any]:
    """A whole POST of the step."""
    return {**hidden(stage, ticket, step, actor), **answers(stage, step), **changes}
