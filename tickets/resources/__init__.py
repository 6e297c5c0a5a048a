"""The sheets of customers, of what they own and of policies; importing them makes them known."""

from tickets.resources import customer, part_request, sla_policy

__all__ = ["customer", "sla_policy", "part_request"]
