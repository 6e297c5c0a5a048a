"""The sheets of the partner network; importing them makes them known."""

from partners.resources import contract, knowledge, outlet, partner, product, staff, standard, training

__all__ = ["contract", "knowledge", "outlet", "partner", "product", "staff", "standard", "training"]
