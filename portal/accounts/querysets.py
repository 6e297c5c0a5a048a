"""Scope lives on the queryset: one rule for list, object, export, file and search (spec/roles.md)."""

from typing import Any, Self

from django.db import models

from portal.accounts.actor import Actor


class ScopedQuerySet(models.QuerySet):
    """A queryset that knows what an actor may see; subclasses write `scope`."""

    def visible_to(self, actor: Actor) -> Self:
        """The rows this actor may see. The system sees all; whoever has no role sees nothing."""
        if actor.is_system:
            return self.all()
        if actor.role is None:
            return self.none()
        return self.scope(actor)

    def scope(self, actor: Actor) -> Self:
        """Rows for an actor with a role. A model that forgets to write it shows nothing."""
        return self.none()


def in_regions(queryset: Any, actor: Actor, field: str = "region") -> Any:
    """Narrow to the regions of the actor's membership, where it names any (A03, A23)."""
    return queryset.filter(**{f"{field}__in": actor.regions}) if actor.regions else queryset
