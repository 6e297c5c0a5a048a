"""SheetAdmin: import, export and template pages of a model's admin, closed unless roles are named."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.adminkit.dress import dress
from portal.exchange import limits, log, reading, running, store, waiting, writing
from portal.exchange.export_admin import ExportAdmin, Roles, scratch
from portal.exchange.forms import UploadForm
from portal.exchange.registry import resource_for
from portal.exchange.resource import BaseResource
from portal.exchange.sheet import Problem, Unreadable

CHANGES_SHOWN = 100


class SheetAdmin(ExportAdmin):
    """Mixin for BaseAdmin, to stand before it. Nobody may import or export until roles are named (B10)."""

    roles_import: ClassVar[Roles] = frozenset()

    def sheet_pages(self) -> dict[str, Any]:
        return {
            **super().sheet_pages(),
            "import": require_http_methods(["GET", "HEAD", "POST"])(self.import_view),
            "confirm": require_http_methods(["POST"])(self.confirm_view),
            "template": require_http_methods(["GET", "HEAD"])(self.template_view),
        }

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.actor.role in self.roles_import

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        tools = {"sheet_import": self.has_import_permission(request) and self._url("import")}
        return super().changelist_view(request, {**tools, **(extra_context or {})})

    def sheet(self, request: HttpRequest) -> BaseResource:
        """The sheet as this person may use it."""
        return resource_for(self.model)(request.actor)

    def exported(self, request: HttpRequest) -> BaseResource:
        return self.sheet(request)

    # Import: upload, see what it would do, confirm.

    def import_view(self, request: HttpRequest) -> HttpResponseBase:
        """Step one: read the sheet, check it, show what it would do; nothing is written."""
        self._demand(self.has_import_permission(request))
        if request.method != "POST":
            return self._import_page(request, UploadForm())
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._import_page(request, form, status=400)
        upload = form.cleaned_data["file"]
        data = upload.read()
        try:
            outcome = running.check(self.sheet(request), reading.read(data))
        except Unreadable as error:
            form.add_error("file", str(error.message))
            return self._import_page(request, form, status=400)
        token = ""
        if outcome.good:
            label, user = self.opts.label_lower, request.user.pk
            token = waiting.keep(request.session, data, model=label, user=user, name=upload.name)
        return self._import_page(request, UploadForm(), outcome, token=token, name=upload.name)

    def confirm_view(self, request: HttpRequest) -> HttpResponseBase:
        """Step two: the same bytes once more, this time written; all or nothing."""
        self._demand(self.has_import_permission(request))
        token = request.POST.get("token", "")
        found = waiting.find(request.session, token, model=self.opts.label_lower, user=request.user.pk)
        if found is None:
            raise Http404
        kept, data = found
        outcome = running.take(
            self.sheet(request),
            reading.read(data),
            lambda done: log.note(log.IMPORTED, request.actor, self._import_facts(kept, done)),
        )
        waiting.forget(request.session, token)
        if not outcome.good:
            return self._import_page(request, UploadForm(), outcome, name=kept.name)
        words = {"new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged}
        messages.success(request, _("Imported: %(new)d new, %(changed)d changed, %(unchanged)d unchanged.") % words)
        return HttpResponseRedirect(self._list_url())

    def _import_facts(self, kept: waiting.Waiting, outcome: running.Outcome) -> dict[str, Any]:
        counts = {"new": outcome.new, "changed": outcome.changed, "unchanged": outcome.unchanged}
        return {**log.named(self.opts), "file": kept.name, "sha256": kept.digest, **counts}

    def _import_page(
        self, request: HttpRequest, form: UploadForm, outcome: running.Outcome | None = None, **extra: Any
    ) -> HttpResponseBase:
        status = extra.pop("status", 200)
        problems: list[Problem] = outcome.problems if outcome else []
        context = {
            **self._page(request, _("Import: %(what)s") % {"what": self.opts.verbose_name_plural}),
            "form": dress(form),
            "outcome": outcome,
            "problems": problems[: limits.PROBLEMS],
            "more_problems": max(0, len(problems) - limits.PROBLEMS),
            "changes": outcome.changes[:CHANGES_SHOWN] if outcome else [],
            "more_changes": max(0, len(outcome.changes) - CHANGES_SHOWN) if outcome else 0,
            "sheet": self.sheet(request),
            "template_url": self._url("template"),
            "import_url": self._url("import"),
            "confirm_url": self._url("confirm"),
            **extra,
        }
        return TemplateResponse(request, "exchange/import.html", context, status=status)

    def template_view(self, request: HttpRequest) -> HttpResponseBase:
        """An empty sheet with the right headings; the xlsx explains each column on a second page."""
        self._demand(self.has_import_permission(request))
        sheet = self.sheet(request)
        columns = [column for column in sheet.columns if not column.shown_only]
        notes = [[_("Column"), _("Required"), _("What to write")]]
        notes += [[str(c.label), _("Yes") if c.required else "", str(c.widget.hint)] for c in columns]
        kind = "csv" if request.GET.get("kind") == "csv" else "xlsx"
        target = scratch()
        writing.write(kind, target, [str(column.label) for column in columns], [], notes, store.folder())
        return self._file(target, kind, _("template"))
