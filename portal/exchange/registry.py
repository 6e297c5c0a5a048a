"""Which sheets there are: each app's `resources` registers its own."""

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from portal.exchange.resource import BaseResource

_RESOURCES: dict[type[Model], type[BaseResource]] = {}


def register(resource: type[BaseResource]) -> type[BaseResource]:
    """Make the resource the sheet of its model; use as a decorator."""
    resource.check()
    _RESOURCES[resource._meta.model] = resource
    return resource


def resource_for(model: type[Model]) -> type[BaseResource]:
    """The sheet of the model."""
    if model not in _RESOURCES:
        raise ImproperlyConfigured(f"{model.__name__} has no sheet: register one in its app's resources")
    return _RESOURCES[model]


def registered() -> list[type[BaseResource]]:
    """All sheets."""
    return list(_RESOURCES.values())
