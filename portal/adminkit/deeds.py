"""Deeds: changes of a row that ask for a reason or a yes, each a button, a form on a page of its own and one action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.roles import Role
from portal.adminkit.dress import dress
from portal.kernel.errors import InvalidInput, PortalError

PLAIN_PAGE = "admin/adminkit/step.html"


@dataclass(frozen=True, slots=True)
class Deed:
    """One change with a form of its own; `fits` says whether the row is in a state for it."""

    label: Any
    form: Callable[..., Any]
    fits: Callable[[Any], bool] = lambda row: True
    grave: bool = False
    #: What to say afterwards of what `form.save()` answered.
    done: Callable[[Any], Any] | None = None
    #: The form takes uploads; what its page looks like.
    files: bool = False
    template: str = PLAIN_PAGE
    #: Whose business it is, where not everybody's who may change the row; the action asks again.
    roles: frozenset[Role] | None = None

    def is_for(self, role: Role | None) -> bool:
        """Whether it is this role's business at all."""
        return self.roles is None or role in self.roles

    def offered(self, role: Role | None, row: Any) -> bool:
        """Whether the button stands on this person's page."""
        return self.is_for(role) and self.fits(row)


class DeedAdmin:
    """Mixin before BaseAdmin: buttons on the row's page. A form takes `actor=`, `row=`; `save()` calls the action."""

    deeds: ClassVar[dict[str, Deed]] = {}
    change_form_outer_before_template = "admin/adminkit/_deeds.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(self.deed_view))
        return [path("<path:object_id>/deed/<slug:name>/", view, name=self.deed_url_name()), *super().get_urls()]

    def deed_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_deed"

    def changeform_view(
        self, request: HttpRequest, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        buttons = []
        row = self.get_object(request, object_id) if object_id else None
        if row and self.has_change_permission(request, row):
            name = f"admin:{self.deed_url_name()}"
            role = request.actor.role
            buttons = [
                (deed, reverse(name, args=[object_id, code]))
                for code, deed in self.deeds.items()
                if deed.offered(role, row)
            ]
        return super().changeform_view(request, object_id, form_url, {"deeds": buttons, **(extra_context or {})})

    def deed_view(self, request: HttpRequest, object_id: str, name: str) -> HttpResponseBase:
        """The form of one deed; only a POST changes anything."""
        row = self.get_object(request, object_id)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        deed = self.deeds.get(name)
        if deed is None or not deed.is_for(request.actor.role):
            raise Http404
        if not deed.fits(row):
            return self._too_late(request, row, deed)
        sent = [request.POST, *([request.FILES] if deed.files else [])] if request.method == "POST" else [None]
        form = deed.form(*sent, actor=request.actor, row=row)
        if request.method != "POST":
            return self._deed_page(request, row, deed, form)
        if not form.is_valid():
            return self._deed_page(request, row, deed, form, status=400)
        try:
            done = form.save()
        except InvalidInput as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return self._deed_page(request, row, deed, form, status=400)
        except PortalError as error:
            return self._deed_page(request, row, deed, form, problem=error.message, status=error.status)
        messages.success(request, deed.done(done) if deed.done else _("Done: %(step)s") % {"step": deed.label})
        return HttpResponseRedirect(self._page_url(row))

    def _too_late(self, request: HttpRequest, row: Model, deed: Deed) -> HttpResponseBase:
        """409: the button stood there once; pressed twice or from an old page it says so."""
        words = _("“%(step)s” is not possible now: it was done already, or the record is in another state.")
        return self._deed_page(request, row, deed, None, problem=words % {"step": deed.label}, status=409)

    def _deed_page(
        self,
        request: HttpRequest,
        row: Model,
        deed: Deed,
        form: forms.Form | None,
        *,
        problem: Any = "",
        status: int = 200,
    ) -> HttpResponseBase:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{deed.label} · {row}",
            "opts": self.opts,
            "original": row,
            "row": row,
            "back": self._page_url(row),
            "option": deed,
            "grave": deed.grave,
            "form": form and dress(form),
            "can_send": form is not None,
            "problem": problem,
        }
        template = PLAIN_PAGE if form is None else deed.template
        return TemplateResponse(request, template, context, status=status)

    def _page_url(self, row: Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])
