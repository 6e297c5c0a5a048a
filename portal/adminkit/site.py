"""The admin site: who may enter, and that nothing is shown which does not know our roles."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.admin import ModelAdmin
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from portal.accounts.actor import NOBODY, Actor
from portal.accounts.roles import ADMIN_SITE
from portal.adminkit.permissions import RolePermissions


def actor_of(request: HttpRequest) -> Actor:
    """Who acts; nobody where the middleware has not run."""
    return getattr(request, "actor", NOBODY)


class PortalAdminSite(UnfoldAdminSite):
    """Open to the roles of ADMIN_SITE; a superuser's flag opens nothing (spec/roles.md)."""

    index_template = "admin/index.html"
    index_title = _("Overview")
    enable_nav_sidebar = True

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return bool(user.is_active and user.is_staff and actor_of(request).role in ADMIN_SITE)

    def register(
        self,
        model_or_iterable: ModelBase | Iterable[ModelBase],
        admin_class: type[ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Only admins that check roles; those of libraries (groups, task rows) ask Django's rights and stay out."""
        if admin_class is not None and issubclass(admin_class, RolePermissions):
            super().register(model_or_iterable, admin_class, **options)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response = inner(request, *args, **kwargs)
            if not cacheable:
                patch_cache_control(response, private=True, no_store=True)
            return response

        return guarded
