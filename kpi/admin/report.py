"""Quarterly reports in the admin: have them made, watch the making, download (R219)."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe
from unfold.decorators import display

from kpi.actions.report import download
from kpi.forms.report import ReportForm
from kpi.models import QuarterlyReport, ReportState
from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.dress import dress
from portal.exchange.export_admin import ListAdmin
from portal.kernel.errors import InvalidInput, PortalError
from portal.webkit import show

LIST = "admin:kpi_quarterlyreport_changelist"


@admin.register(QuarterlyReport)
class QuarterlyReportAdmin(ListAdmin, BaseAdmin):
    """Brand managers make them; nobody changes one."""

    roles_view = READERS
    roles_add = frozenset({Role.BRAND_MANAGER})
    list_display = ("quarter", "kind", "subject", "progress_bar", "made", "printed_code", "pdf")
    list_display_links = ("quarter",)
    list_filter = ("quarter", "scope", "state")
    list_before_template = "admin/kpi/quarterlyreport/_poll.html"
    search_fields = ("quarter", "code", "partner__name", "partner__code", "customer__name", "customer__code")
    search_help_text = gettext_lazy("Quarter, name, code or verification code")
    list_select_related = ("partner", "customer", "requested_by")
    sortable_by = ()
    actions = ()
    fields = (
        "quarter", "scope", "subject", "progress_bar", "language", "printed_code", "pages", "size", "sha256",
        "requested_by", "requested_at", "finished_at", "pdf",
    )  # fmt: skip
    readonly_fields = ("subject", "progress_bar", "printed_code", "pdf")

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_safe(self.file_view))
        return [path("<int:pk>/file/", view, name="kpi_quarterlyreport_file"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        waiting = self.get_queryset(request).filter(state__in=(ReportState.QUEUED, ReportState.RUNNING)).exists()
        return super().changelist_view(request, {"waiting": waiting, **(extra_context or {})})

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        return super().get_search_results(request, queryset, search_term.replace("-", ""))

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form that queues reports."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method != "POST":
            return self._make_page(request, ReportForm(actor=request.actor))
        form = ReportForm(request.POST, actor=request.actor)
        problem, status = "", 400
        if form.is_valid():
            try:
                number = form.save()
            except InvalidInput as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
            except PortalError as error:
                problem, status = error.message, error.status
            else:
                told = ngettext("%(n)d report is being made.", "%(n)d reports are being made.", number)
                messages.success(request, told % {"n": number})
                return HttpResponseRedirect(reverse(LIST))
        return self._make_page(request, form, problem=problem, status=status)

    def _make_page(self, request: HttpRequest, form: ReportForm, status: int = 200, **extra: Any) -> HttpResponse:
        dress(form)
        for name in ("partner", "customer"):
            self._found_by_typing(form, name)
        page = {"opts": self.opts, "title": _("Make quarterly reports"), "form": form, "back": reverse(LIST)}
        context = {**self.admin_site.each_context(request), **page, **extra}
        return TemplateResponse(request, "admin/kpi/quarterlyreport/make.html", context, status=status)

    def _found_by_typing(self, form: ReportForm, name: str) -> None:
        field, column = form.fields[name], QuarterlyReport._meta.get_field(name)
        if self.admin_site.is_registered(column.remote_field.model):
            field.widget = AutocompleteSelect(
                column, self.admin_site, attrs={"data-placeholder": _("Type name or code")}
            )
            field.widget.choices = field.choices

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The PDF, once the taking is on record."""
        report = self.get_object(request, str(pk))
        if not self.has_view_permission(request, report):
            raise PermissionDenied
        pdf = download(request.actor, report, request.META.get("REMOTE_ADDR", ""))
        headers = {"Content-Disposition": f'attachment; filename="{report.file_name}"'}
        return HttpResponse(pdf, content_type="application/pdf", headers=headers)

    @display(description=gettext_lazy("Scope"))
    def kind(self, report: QuarterlyReport) -> str:
        return report.get_scope_display()

    @display(description=gettext_lazy("Report about"))
    def subject(self, report: QuarterlyReport) -> str:
        return report.public_name

    @display(description=gettext_lazy("State"))
    def progress_bar(self, report: QuarterlyReport) -> str:
        badge = show.badge(report.state, ReportState)
        if report.is_waiting:
            bar = '<progress class="report-progress" max="100" value="{}">{}%</progress>'
            return format_html('<span class="ak-stack">{}' + bar + "</span>", badge, report.progress, report.progress)
        return format_html('<span class="ak-stack">{}<small>{}</small></span>', badge, report.error)

    @display(description=gettext_lazy("Made at"))
    def made(self, report: QuarterlyReport) -> str:
        return show.moment(report.finished_at)

    @display(description=gettext_lazy("Verification code"))
    def printed_code(self, report: QuarterlyReport) -> str:
        return report.printed_code if report.is_ready else "—"

    @display(description=gettext_lazy("PDF"))
    def pdf(self, report: QuarterlyReport) -> str:
        if not report.is_ready:
            return "—"
        url = reverse("admin:kpi_quarterlyreport_file", args=[report.pk])
        words = _("Download, %(pages)d pages") % {"pages": report.pages}
        return format_html('<a class="ak-link" href="{}" download>{}</a>', url, words)
