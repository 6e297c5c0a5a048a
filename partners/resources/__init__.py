"""The sheets of the partner network; importing them makes them known."""

from partners.resources import (
    authorisation,
    clause,
    contract,
    knowledge,
    outlet,
    part,
    partner,
    product,
    staff,
    standard,
    training,
)

__all__ = [
    "authorisation",
    "clause",
    "contract",
    "knowledge",
    "outlet",
    "part",
    "partner",
    "product",
    "staff",
    "standard",
    "training",
]
