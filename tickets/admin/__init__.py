"""The admin pages of tickets; importing them makes them known."""

from tickets.admin import (
    article,
    customer,
    duty,
    feedback,
    hand_over,
    journal,
    part_request,
    sla_policy,
    sla_policy_line,
    ticket,
    warning,
)

__all__ = [
    "article",
    "customer",
    "duty",
    "feedback",
    "hand_over",
    "journal",
    "part_request",
    "sla_policy",
    "sla_policy_line",
    "ticket",
    "warning",
]
