"""The ways in which the portal says no. Each message is a sentence that the screen prints as it is."""

from typing import Any


class PortalError(Exception):
    """A refusal with words for the person in front of the screen."""

    status = 400

    def __init__(self, message: Any) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class Refused(PortalError):
    """The actor may see this but not do it: 403."""

    status = 403


class Conflict(PortalError):
    """Somebody was faster, or the state does not allow it any more: 409."""

    status = 409


class InvalidInput(PortalError):
    """What was typed or uploaded cannot be used; `field` names where, if known: 400."""

    status = 400

    def __init__(self, message: Any, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
