"""A ticket brought to any state through the actions, so that each test begins where it has something to say."""

import io
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from partners.actions.ledger import Item, place_of, post
from partners.choices.stock import MoveKind, PlaceKind
from portal.accounts.actor import NOBODY, Actor
from portal.accounts.roles import Role
from portal.kernel import clock
from tests import factories as make
from tests.cast import Served, Side, actor, make_served, make_side, no_past
from tests.factories.stock import SparePartFactory, store
from tickets.actions import closure, completion, diagnosis, dispatch, feedback, intake, progress, request
from tickets.choices import CancelReason, Category, Department, ProgressStatus, ServiceMode, TicketState, Urgency
from tickets.models import Ticket


def picture(name: str = "signature.png", size: tuple[int, int] = (60, 20)) -> SimpleUploadedFile:
    """A small real picture."""
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), "image/png")


class Stage:
    """Two partners, a customer and the desk; `ticket_in(state)` walks a fresh ticket there."""

    @no_past()
    def __init__(self) -> None:
        self.line = make.ProductLineFactory(code="EV", name="纯电轿车")
        self.side: Side = make_side("A", self.line, "上海市", ("Alan", "Dick", ("Ann", "Amy")))
        self.other: Side = make_side("B", self.line, "江苏省", ("Bill", "Beth", ("Bob",)))
        self.served: Served = make_served("1", self.line, "上海市")
        self.brand = make.BrandFactory(code="BRAND")
        self.desk = actor(make.member(Role.SERVICE_DESK, self.brand, username="dora", name="Dora"))
        self.manager = actor(make.member(Role.BRAND_MANAGER, self.brand, username="mary", name="Mary"))
        self.dispatcher = actor(self.side.dispatcher)
        self.ann = self.side.technicians[0]
        self.technician = actor(self.ann.user)
        self.stranger = actor(self.other.technicians[0].user)
        self.category: str = Category.FAULT
        self._fill_store()
        self._ways: dict[str, Callable[[Ticket], Ticket]] = {
            TicketState.REGISTERED: self.register,
            TicketState.DISPATCHED: self.dispatch,
            TicketState.ACCEPTED: self.accept,
            TicketState.DIAGNOSED: self.diagnose,
            TicketState.IN_PROGRESS: self.start,
            TicketState.SUSPENDED: self.suspend,
            TicketState.PENDING_CONFIRMATION: self.complete,
            TicketState.REASSESSING: self.reject,
            TicketState.RESOLVED: self.confirm,
            TicketState.CLOSED: self.close,
        }

    def _fill_store(self) -> None:
        """What the outlet's store holds: enough of a few parts."""
        told = (("FU-30", "保险丝"), ("FU-32", "熔断器"), ("P-100", "直流接触器总成"), ("FU-400", "高压保险丝"))
        parts = [SparePartFactory(number=number, name=name) for number, name in told]
        items = [Item(part, 100) for part in parts]
        post(Actor.system(), MoveKind.COUNT, place_of(PlaceKind.DIFFERENCE), store(self.side.outlet), items)

    PATH = (
        TicketState.REGISTERED,
        TicketState.DISPATCHED,
        TicketState.ACCEPTED,
        TicketState.DIAGNOSED,
        TicketState.IN_PROGRESS,
        TicketState.PENDING_CONFIRMATION,
        TicketState.RESOLVED,
        TicketState.CLOSED,
    )

    def ticket_in(self, state: str, **values: Any) -> Ticket:
        """A ticket that came to `state` the shortest legal way."""
        ticket = self.receive(**values)
        if state == TicketState.CANCELLED:
            return closure.cancel(self.desk, ticket, CancelReason.WITHDRAWN)
        before = {TicketState.SUSPENDED: 5, TicketState.REASSESSING: 6}
        upto = self.PATH[: before[state]] if state in before else self.PATH[: self._index(state)]
        for station in upto:
            ticket = self._ways[station](ticket)
        return self._ways[state](ticket) if state in before else ticket

    def _index(self, state: str) -> int:
        return 0 if state == TicketState.RECEIVED else self.PATH.index(state) + 1

    def customer_of(self, ticket: Ticket) -> Actor:
        """The holder of the ticket's link."""
        return Actor.customer(ticket.pk, ticket.contact_name)

    def receive(self, **values: Any) -> Ticket:
        contact = self.served.contact
        return request.receive(
            values.pop("actor", NOBODY),
            **{
                "channel": "portal",
                "title": "充电桩无法启动",
                "description": "按下启动键没有反应",
                "customer_name": self.served.customer.name,
                "contact_name": contact.name,
                "contact_phone": contact.phone,
                "contact_email": contact.email,
                "region": "上海市",
                **values,
            },
        )

    def intake(self, **values: Any) -> dict[str, Any]:
        """All of 附件1."""
        served = self.served
        return {
            "category": self.category,
            "urgency": Urgency.NORMAL,
            "customer": served.customer,
            "contact": served.contact,
            "customer_name": served.customer.name,
            "contact_name": served.contact.name,
            "contact_phone": served.contact.phone,
            "contact_email": served.contact.email,
            "region": "上海市",
            "address": "上海市徐汇区漕溪北路 8 号",
            "product_line": self.line,
            "product_model": "EV-001",
            "serial_number": served.equipment.serial_number,
            "contract_number": "XS-1",
            "warranty_until": None,
            "description": "按下启动键没有反应",
            "first_opinion": "先远程检查，必要时上门",
            **values,
        }

    def register(self, ticket: Ticket, **values: Any) -> Ticket:
        return intake.register(self.desk, ticket, **self.intake(**values))

    def dispatch(self, ticket: Ticket) -> Ticket:
        return dispatch.dispatch(self.desk, ticket, self.side.outlet, Department.REPAIR)

    def accept(self, ticket: Ticket) -> Ticket:
        return dispatch.accept(self.technician, ticket, self.ann)

    def diagnose(self, ticket: Ticket, mode: str = ServiceMode.REMOTE) -> Ticket:
        return diagnosis.diagnose(
            self.technician, ticket, finding="模块不通电", probable_cause="保险丝熔断", mode=mode, warranty="in"
        )

    def start(self, ticket: Ticket) -> Ticket:
        return diagnosis.start(self.technician, ticket, solution="更换保险丝", duration_hours=Decimal("2"))

    def progress(self, ticket: Ticket, **values: Any) -> Ticket:
        said = {"status": ProgressStatus.IN_PROGRESS, "measures": "已拆检模块", "next_step": "更换保险丝", **values}
        return progress.progress(self.technician, ticket, **said)

    def suspend(self, ticket: Ticket) -> Ticket:
        until = clock.now() + timedelta(days=2)
        return progress.suspend(self.technician, ticket, "customer", until, note="客户出差，周五回来")

    def complete(self, ticket: Ticket, **values: Any) -> Ticket:
        now = clock.now()
        return completion.complete(
            self.technician,
            ticket,
            **{
                "service_from": now - timedelta(hours=1),
                "service_until": now,
                "cause": "保险丝熔断",
                "work_and_result": "更换保险丝后恢复正常",
                "inspection": ["通电测试"],
                "inspection_passed": True,
                "explained": True,
                **values,
            },
        )

    def reject(self, ticket: Ticket) -> Ticket:
        return completion.reject(self.customer_of(ticket), ticket, reason="还是不能启动")

    def confirm(self, ticket: Ticket) -> Ticket:
        return completion.confirm(self.customer_of(ticket), ticket, signed_by="赵女士", signature=picture())

    def rate(self, ticket: Ticket, score: int = 5, **values: Any) -> Ticket:
        scores = dict.fromkeys(("timeliness", "competence", "attitude", "overall"), score)
        return feedback.rate(self.customer_of(ticket), ticket, **{**scores, **values})

    def close(self, ticket: Ticket) -> Ticket:
        if ticket.rated_at is None:
            ticket = self.rate(ticket)
        return closure.close(self.desk, ticket)
