"""The sheets of customers, of what they own and of policies; importing them makes them known."""

from tickets.resources import customer, maintenance, part_request, sla_policy

__all__ = ["customer", "maintenance", "part_request", "sla_policy"]
