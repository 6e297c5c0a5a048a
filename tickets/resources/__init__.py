"""The sheets of customers, of what they own and of policies; importing them makes them known."""

from tickets.resources import agreement, customer, duty, maintenance, part_request, sla_policy, ticket

__all__ = ["agreement", "customer", "duty", "maintenance", "part_request", "sla_policy", "ticket"]
