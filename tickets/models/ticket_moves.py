"""The transitions of a ticket (R022): they only change fields.

Who may, when, and what else follows is the corridor's and the actions' business.
"""

from typing import TYPE_CHECKING, Any

from partners.models import Outlet, Staff
from tickets import choices
from tickets.rules.transition import move

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket


class TicketMoves:
    """One method a row of the table in `tickets.rules.transition`; `Ticket` brings the fields."""

    @move("register")
    def register(self, at: Any) -> None:
        self.registered_at = at

    @move("amend_intake")
    def amend_intake(self) -> None: ...

    @move("reclassify")
    def reclassify(self, category: str, urgency: str) -> None:
        self.category, self.urgency = category, urgency

    @move("dispatch")
    def dispatch(self, outlet: Outlet, department: str, at: Any) -> None:
        self.outlet, self.partner, self.department = outlet, outlet.partner, department
        self.dispatched_at, self.owner, self.accepted_at = at, None, None

    @move("decline")
    def decline(self) -> None:
        self.outlet, self.partner, self.department, self.owner = None, None, "", None
        self.declines += 1

    @move("accept")
    def accept(self, owner: Staff, at: Any) -> None:
        self.owner, self.accepted_at = owner, at
        self.first_partner = self.first_partner or self.partner

    @move("diagnose")
    def diagnose(self, mode: str, warranty: str) -> None:
        self.mode, self.warranty = mode, warranty

    @move("start")
    def start(self, at: Any, expected_at: Any, appointment_at: Any) -> None:
        self.started_at = self.started_at or at
        self.expected_at, self.appointment_at = expected_at, appointment_at

    @move("progress")
    def progress(self) -> None: ...

    @move("contact")
    def contact_customer(self) -> None: ...

    @move("arrive")
    def arrive(self, at: Any) -> None:
        self.arrived_at = at

    @move("suspend")
    def suspend(self, reason: str, expected_at: Any) -> None:
        self.suspend_reason, self.expected_at = reason, expected_at

    @move("resume")
    def resume(self) -> None:
        self.suspend_reason = ""

    @move("escalate")
    def escalate(self, level: int) -> None:
        self.support_level = level

    @move("transfer")
    def transfer(self, outlet: Outlet, at: Any) -> None:
        self.outlet, self.partner, self.owner = outlet, outlet.partner, None
        self.dispatched_at, self.accepted_at = at, None
        self.arrived_at, self.completed_at, self.suspend_reason = None, None, ""

    @move("complete")
    def complete(self, at: Any) -> None:
        self.completed_at = at

    @move("answer")
    def answer(self, at: Any) -> None:
        self.completed_at, self.mode = at, choices.ServiceMode.REMOTE

    @move("confirm")
    def confirm(self, at: Any) -> None:
        self.confirmed_at = at

    @move("reject")
    def reject(self) -> None:
        self.completed_at, self.arrived_at = None, None  # the next visit is an arrival of its own
        self.rejections += 1

    @move("reopen")
    def reopen(self) -> None:
        self.completed_at, self.confirmed_at, self.arrived_at = None, None, None
        self.cycle += 1

    @move("add_information")
    def add_information(self) -> None: ...

    @move("rate")
    def rate(self, on: Any) -> None:
        self.rated_at = on

    @move("follow_up")
    def follow_up(self) -> None: ...

    @move("deliver")
    def deliver(self) -> None: ...

    @move("call_back")
    def call_back(self) -> None: ...

    @move("close")
    def close(self, at: Any, retention_until: Any) -> None:
        self.closed_at, self.retention_until = at, retention_until

    @move("cancel")
    def cancel(self, at: Any, reason: str, duplicate_of: "Ticket | None") -> None:
        self.cancelled_at, self.cancel_reason, self.duplicate_of = at, reason, duplicate_of
