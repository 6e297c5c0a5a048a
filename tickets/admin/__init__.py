"""The admin pages of tickets; importing them makes them known."""

from tickets.admin import (
    agreement,
    article,
    customer,
    duty,
    equipment,
    feedback,
    hand_over,
    journal,
    maintenance,
    part_request,
    sla_policy,
    sla_policy_line,
    ticket,
    warning,
)

__all__ = [
    "agreement",
    "article",
    "customer",
    "duty",
    "equipment",
    "feedback",
    "hand_over",
    "journal",
    "maintenance",
    "part_request",
    "sla_policy",
    "sla_policy_line",
    "ticket",
    "warning",
]
