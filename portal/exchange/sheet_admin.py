"""SheetAdmin: import, export and template pages of a model's admin, closed unless roles are named."""

import hashlib
import tempfile
from typing import IO, Any, ClassVar

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.roles import Role
from portal.adminkit.dress import dress
from portal.exchange import limits, log, reading, running, waiting, writing
from portal.exchange.forms import ExportForm, UploadForm
from portal.exchange.registry import resource_for
from portal.exchange.resource import BaseResource
from portal.exchange.sheet import Problem, Unreadable
from portal.kernel import clock
from portal.kernel.errors import InvalidInput

CHANGES_SHOWN = 100


class SheetAdmin:
    """Mixin for BaseAdmin, to stand before it. Nobody may import or export until roles are named (B10)."""

    roles_import: ClassVar[frozenset[Role] | set[Role]] = frozenset()
    roles_export: ClassVar[frozenset[Role] | set[Role]] = frozenset()
    #: Who may take personal data out in full; each such export asks for the password again.
    roles_unmask: ClassVar[frozenset[Role] | set[Role]] = frozenset()
    change_list_template = "exchange/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        pages: dict[str, Any] = {
            "import": require_http_methods(["GET", "HEAD", "POST"])(self.import_view),
            "confirm": require_http_methods(["POST"])(self.confirm_view),
            "export": require_http_methods(["GET", "HEAD", "POST"])(self.export_view),
            "template": require_http_methods(["GET", "HEAD"])(self.template_view),
        }
        own = [
            path(f"sheet/{name}/", self.admin_site.admin_view(view), name=self.sheet_url_name(name))
            for name, view in pages.items()
        ]
        return [*own, *super().get_urls()]

    def sheet_url_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_sheet_{page}"

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.actor.role in self.roles_import

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.actor.role in self.roles_export

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        tools = {
            "sheet_import": self.has_import_permission(request) and self._url("import"),
            "sheet_export": self.has_export_permission(request) and self._url("export"),
        }
        return super().changelist_view(request, {**tools, **(extra_context or {})})

    def sheet(self, request: HttpRequest) -> BaseResource:
        """The sheet as this person may use it."""
        return resource_for(self.model)(request.actor)

    def _url(self, page: str) -> str:
        return reverse(f"admin:{self.sheet_url_name(page)}")

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

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
        return {**self._named(), "file": kept.name, "sha256": kept.digest, **counts}

    def _named(self) -> dict[str, str]:
        return {"sheet": str(self.opts.verbose_name_plural), "model": self.opts.label_lower}

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
        target = _scratch()
        writing.write(kind, target, [str(column.label) for column in columns], [], notes)
        return self._file(target, kind, _("template"))

    # Export.

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The rows of the list as it is filtered, in scope; masked unless somebody may and says why."""
        self._demand(self.has_export_permission(request) and self.has_view_permission(request))
        sheet, rows = self.sheet(request), self._filtered(request)
        may_unmask = request.actor.role in self.roles_unmask
        options = {"user": request.user, "personal": sheet.has_personal_data, "may_unmask": may_unmask}
        form = ExportForm(request.POST, **options) if request.method == "POST" else ExportForm(**options)
        if request.method == "POST" and form.is_valid():
            return self._export(request, sheet, rows, form.cleaned_data)
        context = {
            **self._page(request, _("Export: %(what)s") % {"what": self.opts.verbose_name_plural}),
            "form": dress(form),
            "count": rows.count(),
            "filtered": request.GET.urlencode(),
            "personal": sheet.has_personal_data,
        }
        status = 400 if request.method == "POST" else 200
        return TemplateResponse(request, "exchange/export.html", context, status=status)

    def _filtered(self, request: HttpRequest) -> QuerySet:
        try:
            shown = self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise InvalidInput(_("This filter is not possible.")) from error
        return self.sheet(request).get_queryset().filter(pk__in=shown.order_by().values("pk"))

    def _export(
        self, request: HttpRequest, sheet: BaseResource, rows: QuerySet, wishes: dict[str, Any]
    ) -> HttpResponseBase:
        masked = not wishes.get("unmasked")
        target = _scratch()
        headers = [str(column.label) for column in sheet.columns]
        count = [0]
        writing.write(wishes["kind"], target, headers, _counted(sheet.lines(rows, masked=masked), count))
        target.seek(0)
        facts = {
            **self._named(),
            "rows": count[0],
            "columns": [column.column_name for column in sheet.columns],
            "filter": request.GET.urlencode(),
            "purpose": wishes["purpose"],
            "personal": _("none") if not sheet.has_personal_data else _("masked") if masked else _("in full"),
            "masked": masked,
            "kind": wishes["kind"],
            "sha256": hashlib.file_digest(target, "sha256").hexdigest(),
        }
        try:
            log.note(log.EXPORTED, request.actor, facts)
        except BaseException:
            target.close()  # no file leaves without its entry (F05)
            raise
        return self._file(target, wishes["kind"], f"{clock.today():%Y%m%d}")

    def _file(self, target: IO[bytes], kind: str, suffix: str) -> HttpResponseBase:
        target.seek(0)
        name = f"{self.opts.verbose_name_plural}-{suffix}.{kind}"
        return FileResponse(target, as_attachment=True, filename=name, content_type=writing.TYPES[kind])

    def _page(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "back": self._list_url()}

    @staticmethod
    def _demand(allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied


def _scratch() -> IO[bytes]:
    return tempfile.TemporaryFile()  # noqa: SIM115  the response closes it


def _counted(rows: Any, count: list[int]) -> Any:
    for row in rows:
        count[0] += 1
        yield row
