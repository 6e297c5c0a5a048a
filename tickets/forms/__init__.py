"""Importing the package fills `tickets.forms.steps.STEP_FORMS` for every entrance."""

from tickets.forms import (
    accept,
    closure,
    completion,
    contact,
    delivery,
    diagnosis,
    dispatch,
    follow_up,
    intake,
    progress,
    transfer,
)

__all__ = [
    "accept",
    "closure",
    "completion",
    "contact",
    "delivery",
    "diagnosis",
    "dispatch",
    "follow_up",
    "intake",
    "progress",
    "transfer",
]
