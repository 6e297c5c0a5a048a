"""BaseAdmin: Unfold's admin, scoped, checked by role, with a history page of our own."""

from typing import Any

from django.contrib.admin import ShowFacets
from django.contrib.admin.utils import flatten
from django.core.exceptions import PermissionDenied
from django.db.models import ForeignKey, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.response import HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_fsm import FSMFieldMixin
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from portal.accounts.models import User
from portal.adminkit import history, saving
from portal.adminkit.permissions import RolePermissions, scoped
from portal.adminkit.rows import RowsFormSet
from portal.kernel.named_fields import NamedModelForm
from portal.webkit.show import masked_phone

#: Workflow columns that no form of the admin ever writes.
WORKFLOW_FIELDS = ("version",)


class BaseAdmin(RolePermissions, ModelAdmin):
    """Every admin class stands on this one; say `roles_view`, `roles_add`, `roles_change`.

    Fetching is checking: rows come through `visible_to(request.actor)`, so a stranger's row is 404 on every page.
    `personal_fields` are masked to whoever does not handle customers.
    """

    form = NamedModelForm
    save_as = False
    view_on_site = False
    actions_on_top = True
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    list_filter_submit = False
    list_filter_sheet = True
    compressed_fields = True
    warn_unsaved_form = True
    personal_fields: tuple[str, ...] = ()

    def scope(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """What the actor may see; write it where the model has no `visible_to`."""
        return scoped(self.model, request)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        queryset = self.scope(request, self.model._default_manager.all())
        return queryset.order_by(*ordering) if (ordering := self.get_ordering(request)) else queryset

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model:
        """The row, or 404 alike for what is absent and for what is not the reader's (A01)."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            raise Http404
        return found

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """The list says how many rows it found, not how many there are in all: that would be a count of everything."""
        changes = super().get_changelist_instance(request)
        changes.full_result_count = changes.result_count
        return changes

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """No deletion in bulk."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """States are changed by transitions, never by a form (B05)."""
        names = [field.name for field in self.opts.fields if isinstance(field, FSMFieldMixin)]
        names += [field.name for field in self.opts.fields if field.name in WORKFLOW_FIELDS and field.editable]
        return (*super().get_readonly_fields(request, obj), *names)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        """A page on which nothing can be written has nothing to save, whatever the role could change elsewhere."""
        if not saving.can_write(context["adminform"], context["inline_admin_formsets"]):
            context |= saving.NOTHING_TO_SAVE
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj._history_user = User(pk=request.actor.user_id)
        super().save_model(request, obj, form, change)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponseBase:
        """Who changed what and when, in words; read only, in scope (A05, A06)."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        row = self.get_object(request, object_id)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        masked = () if self.handles(request) else self.personal_fields
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(name)s") % {"name": row},
            "opts": self.opts,
            "original": row,
            "object": row,
            "events": history.story(row),
            "changes": history.changes(row, masked=masked),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/adminkit/history.html", context)

    def phone(self, request: HttpRequest, number: str) -> str:
        """The number as this person may see it."""
        return number if self.handles(request) else masked_phone(number)


class JoinedRows:
    """Mixin of inlines: the foreign keys among the fields come with the rows, not by a query a cell."""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return self.joined(super().get_queryset(request))  # type: ignore[misc]

    def joined(self, rows: QuerySet) -> QuerySet:
        named = flatten(self.fields or ())
        keys = [field.name for field in self.opts.fields if isinstance(field, ForeignKey) and field.name in named]
        return rows.select_related(*keys) if keys else rows


class BaseTabularInline(JoinedRows, RolePermissions, TabularInline):
    """Rows of a parent that was fetched in scope already."""

    form = NamedModelForm
    formset = RowsFormSet
    extra = 0
    show_change_link = False


class BaseStackedInline(JoinedRows, RolePermissions, StackedInline):
    """As BaseTabularInline, one card a row."""

    form = NamedModelForm
    formset = RowsFormSet
    extra = 0
