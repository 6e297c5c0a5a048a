"""The sheets of customers and of what they own; importing them makes them known."""

from tickets.resources import customer

__all__ = ["customer"]
