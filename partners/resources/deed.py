"""How a sheet calls an action: what the action refuses stands at its column."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from portal.exchange.resource import BaseResource
from portal.kernel.errors import PortalError


def through(deed: Callable[[], Any], sheet: BaseResource) -> Any:
    """What the action answers. Raises ValidationError that names the column, the key's where the action names none."""
    try:
        return deed()
    except PortalError as error:
        field = getattr(error, "field", None)
        name = field if field in sheet.fields else sheet.key.attribute
        raise ValidationError({name: str(error.message)}) from error
