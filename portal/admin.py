"""The admin pages of accounts: people, organisations, memberships (spec/roles.md, B08)."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from portal import calendar_admin, people
from portal.accounts.models import Membership, Organisation, User
from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin, BaseTabularInline
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.export_admin import ListAdmin
from portal.kernel.words import joined
from portal.notice_pages import log, text_admin  # noqa: F401  they register themselves
from portal.people_forms import MoveForm, NewUserForm, OpenForm, PasswordForm, StopForm, UserForm

__all__ = ["MembershipAdmin", "OrganisationAdmin", "UserAdmin", "calendar_admin"]
KEEPERS = frozenset({Role.ADMINISTRATOR, Role.BRAND_MANAGER})
TOLD = _("Temporary password, shown only now: %(password)s")


class MembershipInline(BaseTabularInline):
    """Where the person is and was."""

    model = Membership
    roles_view = KEEPERS
    hide_title = True
    fields = readonly_fields = ("organisation", "role", "regions", "active")
    ordering = ("-active", "-pk")


@admin.register(User)
class UserAdmin(DeedAdmin, ListAdmin, BaseAdmin):
    """Administrators manage every account but their own, brand managers those of partners."""

    roles_view = roles_add = roles_change = roles_export = roles_unmask = KEEPERS
    personal_columns = {"name": "name", "email": "email"}
    inlines = (MembershipInline,)
    deeds = {
        "move": Deed(_("Move or change the role"), MoveForm),
        "password": Deed(_("New temporary password"), PasswordForm, done=lambda word: TOLD % {"password": word}),
        "stop": Deed(_("Stop the account"), StopForm, lambda row: row.is_active, grave=True),
        "open": Deed(_("Open the account again"), OpenForm, lambda row: not row.is_active),
    }
    list_display = ("name", "username", "email", "organisation", "role", "is_active", "last_login")
    list_filter = (
        ("membership__organisation", ScopedRelatedFilter),
        ("membership__role", ChoicesDropdownFilter),
        "is_active",
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("username", "name", "email", "phone", "membership__organisation__name")
    search_help_text = _("User name, name, e-mail, telephone or organisation")
    readonly_fields = ("is_active", "last_login")
    known_fieldsets = (
        (None, {"fields": (("username", "name"), ("email", "phone"), "language", ("is_active", "last_login"))}),
    )
    new_fieldsets = (
        (None, {"fields": (("username", "name"), ("email", "phone"), "language")}),
        (_("Where and as what"), {"fields": (("organisation", "role"), "regions")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).prefetch_related("membership_set__organisation")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        return self.known_fieldsets if obj else self.new_fieldsets

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, obj, form=UserForm if obj else NewUserForm, **kwargs)
        form.actor = request.actor
        return form

    def get_inlines(self, request: HttpRequest, obj: User | None) -> Any:
        return self.inlines if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Not oneself, and for brand managers people of partners only (B08)."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None:
            return True
        current = obj.current_membership()
        if obj.pk == request.actor.user_id:
            return False
        return current is None or people.may_manage(request.actor, current.organisation, current.role)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        if change:
            super().save_model(request, obj, form, change)
            return
        values = form.cleaned_data
        word = people.create(request.actor, obj, values["organisation"], values["role"], values["regions"])
        messages.warning(request, TOLD % {"password": word})

    @staticmethod
    def _current(row: User) -> Membership | None:
        return next((membership for membership in row.membership_set.all() if membership.active), None)

    @display(description=_("Organisation"))
    def organisation(self, row: User) -> str:
        current = self._current(row)
        return current.organisation.short_name if current else "—"

    @display(description=_("Role"))
    def role(self, row: User) -> str:
        current = self._current(row)
        return str(current.get_role_display()) if current else "—"


@admin.register(Organisation)
class OrganisationAdmin(ListAdmin, BaseAdmin):
    """Partners' organisations come with their partner; others are made here."""

    roles_view = READERS | {Role.ADMINISTRATOR}
    roles_add = roles_change = frozenset({Role.ADMINISTRATOR})
    list_display = ("code", "name", "short_name", "kind")
    list_filter = (("kind", ChoicesDropdownFilter),)
    list_filter_submit = True
    search_fields = ("code", "name", "short_name")

    def get_readonly_fields(self, request: HttpRequest, obj: Organisation | None = None) -> tuple[str, ...]:
        """The kind decides which roles there are, so it stays."""
        return (*super().get_readonly_fields(request, obj), *(("kind",) if obj else ()))


@admin.register(Membership)
class MembershipAdmin(ListAdmin, BaseAdmin):
    """Who is and was what, where; changes are made on the person's page."""

    roles_view = roles_export = roles_unmask = KEEPERS
    personal_columns = {"user": "name"}
    list_display = ("user", "organisation", "role", "where", "active")
    list_filter = (("organisation", ScopedRelatedFilter), ("role", ChoicesDropdownFilter), "active")
    list_filter_submit = True
    search_fields = ("user__name", "user__username", "organisation__name")
    search_help_text = _("Person or organisation")

    def scope(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The model has no scope of its own: only the keepers of accounts open this page."""
        return queryset.select_related("user", "organisation")

    @display(description=_("Regions"))
    def where(self, row: Membership) -> str:
        return joined(row.regions) or str(_("all"))
