"""Rights in the admin are sets of roles that stand on the admin class, not rows that somebody may click together."""

from typing import Any, ClassVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import Field
from django.http import HttpRequest
from django.utils.html import conditional_escape

from portal.accounts.roles import DESK, Role

Roles = frozenset[Role] | set[Role]
NONE: frozenset[Role] = frozenset()


def scoped(model: type[Model], request: HttpRequest) -> QuerySet:
    """Rows of the model that the request's actor may see."""
    manager = getattr(model, "scoped", None) or model._default_manager
    queryset = manager.all()
    if not hasattr(queryset, "visible_to"):
        raise ImproperlyConfigured(f"{model.__name__} has no visible_to(): its admin must write scope()")
    return queryset.visible_to(request.actor)


class RolePermissions:
    """Who may do what. `roles_handle` sees telephone numbers and addresses unmasked."""

    roles_view: ClassVar[Roles] = NONE
    roles_add: ClassVar[Roles] = NONE
    roles_change: ClassVar[Roles] = NONE
    roles_delete: ClassVar[Roles] = NONE
    roles_handle: ClassVar[Roles] = DESK

    def holds(self, request: HttpRequest, roles: Roles) -> bool:
        return request.actor.role in roles

    def handles(self, request: HttpRequest) -> bool:
        """Does the person work with the customers, so that personal data is his business?"""
        return self.holds(request, self.roles_handle)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.holds(request, self.roles_view) or self.holds(request, self.roles_change)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.holds(request, self.roles_add)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.holds(request, self.roles_change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.holds(request, self.roles_delete)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request) or self.has_add_permission(request)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Field | None:
        """Unfold prints help texts as they are, so they are made safe here."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and field.help_text:
            field.help_text = conditional_escape(field.help_text)
        return field

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Field | None:
        """Only rows in scope can be chosen, in the list and by a forged value (A07, A10)."""
        self._narrow(db_field, request, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Field | None:
        self._narrow(db_field, request, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    @staticmethod
    def _narrow(db_field: Any, request: HttpRequest, kwargs: dict[str, Any]) -> None:
        if "queryset" not in kwargs:
            kwargs["queryset"] = scoped(db_field.remote_field.model, request)
