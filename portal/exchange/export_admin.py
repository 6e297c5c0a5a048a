"""ExportAdmin and ListAdmin: a list leaves as a file, masked, with its purpose in the service log (F05, F06)."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, ClassVar, Protocol

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts.roles import DESK, Role
from portal.adminkit.dress import dress
from portal.exchange import jobs, limits, log, store, writing
from portal.exchange.forms import ExportForm
from portal.exchange.listing import Listing
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError

Roles = frozenset[Role] | set[Role]


class Exportable(Protocol):
    """What can be taken out: a sheet that comes back in as well, or the list as it stands."""

    @property
    def columns(self) -> Sequence[Any]: ...

    @property
    def has_personal_data(self) -> bool: ...

    def rows(self, shown: QuerySet) -> QuerySet: ...

    def lines(self, rows: QuerySet, *, masked: bool) -> Iterable[list[str]]: ...

    def portion(self, keys: Sequence[Any]) -> Iterable[Any]: ...

    def line(self, row: Any, *, masked: bool) -> list[str]: ...


class ExportAdmin:
    """Mixin for BaseAdmin, to stand before it. Nobody may export until roles are named (B10)."""

    roles_export: ClassVar[Roles] = frozenset()
    #: Who may take personal data out in full; each such export asks for the password again.
    roles_unmask: ClassVar[Roles] = frozenset()
    change_list_template = "exchange/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        own = [
            path(f"sheet/{name}/", self.admin_site.admin_view(view), name=self.sheet_url_name(name))
            for name, view in self.sheet_pages().items()
        ]
        return [*own, *super().get_urls()]

    def sheet_pages(self) -> dict[str, Any]:
        """Name and view of each page of the sheet."""
        return {"export": require_http_methods(["GET", "HEAD", "POST"])(self.export_view)}

    def sheet_url_name(self, page: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_sheet_{page}"

    def has_export_permission(self, request: HttpRequest) -> bool:
        return request.actor.role in self.roles_export

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseBase:
        tools = {"sheet_export": self.has_export_permission(request) and self._url("export")}
        return super().changelist_view(request, {**tools, **(extra_context or {})})

    def exported(self, request: HttpRequest) -> Exportable:
        """What this person takes out."""
        raise NotImplementedError

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """The rows of the list as it is filtered, in scope; masked unless somebody may and says why.

        Above EXPORT_AT_ONCE rows the file is made in the background (F09).
        """
        self._demand(self.has_export_permission(request) and self.has_view_permission(request))
        sheet = self.exported(request)
        rows = sheet.rows(self._filtered(request))
        count, posted = rows.count(), request.method == "POST"
        may_unmask = request.actor.role in self.roles_unmask
        options = {"user": request.user, "personal": sheet.has_personal_data, "may_unmask": may_unmask, "rows": count}
        form = ExportForm(request.POST, **options) if posted else ExportForm(**options)
        later, status = count > settings.EXPORT_AT_ONCE, 400 if posted else 200
        if posted and form.is_valid():
            if not later:
                return self._export(request, sheet, rows, form.wishes(self.filter_of(request)))
            try:
                return self._export_later(request, count, form.wishes(self.filter_of(request)))
            except PortalError as error:
                form.add_error(None, str(error.message))
                status = error.status
        context = {
            **self._page(request, _("Export: %(what)s") % {"what": self.opts.verbose_name_plural}),
            "form": dress(form),
            "count": count,
            "later": later,
            "hours": limits.EXPORT_HOURS,
            "filtered": self.filter_of(request),
            "personal": sheet.has_personal_data,
        }
        return TemplateResponse(request, "exchange/export.html", context, status=status)

    def filter_of(self, request: HttpRequest) -> str:
        """The query string that chose the rows; a list that shows a part unless asked for all names that part."""
        return request.GET.urlencode()

    def _export_later(self, request: HttpRequest, count: int, wishes: dict[str, Any]) -> HttpResponseBase:
        jobs.ask(request.actor, self, count, wishes)
        told = _("The export is being made. You are told when it is ready; then you fetch it here.")
        messages.success(request, told)
        return HttpResponseRedirect(reverse("exports:mine"))

    def _filtered(self, request: HttpRequest) -> QuerySet:
        try:
            return self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters as error:
            raise InvalidInput(_("This filter is not possible.")) from error

    def _export(
        self, request: HttpRequest, sheet: Exportable, rows: QuerySet, wishes: dict[str, Any]
    ) -> HttpResponseBase:
        target = scratch()
        headers = [str(column.label) for column in sheet.columns]
        count = [0]
        lines = sheet.lines(rows, masked=wishes["masked"])
        writing.write(wishes["kind"], target, headers, _counted(lines, count), scratch=store.folder())
        target.seek(0)
        digest = hashlib.file_digest(target, "sha256").hexdigest()
        facts = log.exported(self, sheet, wishes, rows=count[0], digest=digest)
        try:
            log.note(log.EXPORTED, request.actor, facts)
        except BaseException:
            target.close()  # no file leaves without its entry (F05)
            raise
        return self._file(target, wishes["kind"], f"{clock.today():%Y%m%d}")

    def _url(self, page: str) -> str:
        return reverse(f"admin:{self.sheet_url_name(page)}")

    def _list_url(self) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _file(self, target: IO[bytes], kind: str, suffix: str) -> HttpResponseBase:
        target.seek(0)
        return as_file(target, str(self.opts.verbose_name_plural), kind, suffix)

    def _page(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.opts, "back": self._list_url()}

    @staticmethod
    def _demand(allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied


class ListAdmin(ExportAdmin):
    """A list whose rows only actions write: it is taken out as it stands on the page."""

    roles_export = DESK | {Role.AUDITOR, Role.LEGAL}
    #: Columns of the list that say nothing on paper, such as links to other pages.
    not_exported: ClassVar[tuple[str, ...]] = ()
    #: Column of the list → how it is masked (F06).
    personal_columns: ClassVar[dict[str, str]] = {}

    def exported(self, request: HttpRequest) -> Exportable:
        return Listing(self, request)

    def prepare_rows(self, rows: Sequence[Any]) -> None:
        """Look up together what the columns of a sheet need for a portion of its rows, instead of row by row."""


def as_file(target: IO[bytes], sheet: str, kind: str, suffix: str) -> FileResponse:
    """The answer that hands a sheet out and closes it."""
    return FileResponse(
        target, as_attachment=True, filename=f"{sheet}-{suffix}.{kind}", content_type=writing.TYPES[kind]
    )


def scratch() -> IO[bytes]:
    """A file that the response closes."""
    return tempfile.TemporaryFile()  # noqa: SIM115  the response closes it


def _counted(rows: Iterable[list[str]], count: list[int]) -> Iterator[list[str]]:
    for row in rows:
        count[0] += 1
        yield row
