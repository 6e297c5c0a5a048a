"""Question bank, papers and results (R115, R175)."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import NetworkAdmin
from partners.admin.course import TEACHERS
from partners.choices.training import AttemptState, Difficulty
from partners.forms.exam import QuestionForm
from partners.models import ExamAttempt, ExamPaper, Question
from partners.queries.exam import marked_sheet
from partners.queries.training import bank_for
from partners.rules.exam import shortage
from portal.accounts.roles import READERS, Role
from portal.adminkit.base import BaseAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.exchange.export_admin import ListAdmin
from portal.webkit import show

#: Right answers are for who makes papers and who audits them.
BANK_READERS = TEACHERS | {Role.AUDITOR}


@admin.register(Question)
class QuestionAdmin(NetworkAdmin):
    form = QuestionForm
    roles_view = roles_export = BANK_READERS
    roles_add = roles_change = roles_import = TEACHERS
    list_display = ("code", "question", "kind", "product_line", "difficulty_badge", "active")
    list_filter = (
        ("kind", ChoicesDropdownFilter),
        ("difficulty", ChoicesDropdownFilter),
        ("product_line", ScopedRelatedFilter),
        "active",
    )
    list_filter_submit = True
    list_fullwidth = True
    search_fields = ("code", "text", "explanation")
    search_help_text = _("Code or words of the question")
    autocomplete_fields = ("product_line",)
    fieldsets = (
        (None, {"fields": (("code", "kind"), "text", "options", "right", "explanation")}),
        (_("Where it is used"), {"fields": (("product_line", "difficulty"), "active")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("product_line")

    @display(description=_("question"), ordering="text")
    def question(self, row: Question) -> str:
        return row.text if len(row.text) <= 60 else f"{row.text[:59]}…"

    @display(description=_("Difficulty"), ordering="difficulty")
    def difficulty_badge(self, row: Question) -> Any:
        return show.badge(row.difficulty, Difficulty)


@admin.register(ExamPaper)
class ExamPaperAdmin(NetworkAdmin):
    roles_view = roles_export = BANK_READERS
    roles_add = roles_change = roles_import = TEACHERS
    list_display = ("course", "questions", "pass_percent", "minutes", "attempts", "wait_hours", "active")
    list_filter = ("active",)
    search_fields = ("course__code", "course__name")
    search_help_text = _("Course")
    autocomplete_fields = ("course",)
    readonly_fields = ("bank",)
    fieldsets = (
        (None, {"fields": ("course", ("easy", "medium", "hard"), "bank")}),
        (_("Sitting"), {"fields": (("pass_percent", "minutes"), ("attempts", "wait_hours"), "active")}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("course")

    def get_readonly_fields(self, request: HttpRequest, obj: ExamPaper | None = None) -> tuple[str, ...]:
        """A paper stays with its course: the attempts made belong to both."""
        return (*super().get_readonly_fields(request, obj), *(("course",) if obj else ()))

    @display(description=_("Questions"))
    def questions(self, row: ExamPaper) -> int:
        return row.easy + row.medium + row.hard

    @display(description=_("Question bank"))
    def bank(self, row: ExamPaper) -> str:
        """Whether the bank holds enough for this paper, in words."""
        if not row.pk:
            return "—"
        missing = shortage(bank_for(row.course), row.quota)
        if not missing:
            return _("The bank has enough questions for this paper.")
        words = [f"{Difficulty(level).label} {have}/{asked}" for level, (have, asked) in missing.items()]
        return _("Too few questions: %s. Nobody can sit until there are more.") % pgettext(
            "between the members of a list", ", "
        ).join(words)


@admin.register(ExamAttempt)
class ExamAttemptAdmin(ListAdmin, BaseAdmin):
    """Evidence: read only."""

    roles_view = READERS
    list_display = ("number", "person", "course", "state_badge", "mark", "started_at", "finished_at")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("paper__course", ScopedRelatedFilter),
        ("staff__outlet__partner", ScopedRelatedFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    date_hierarchy = "started_at"
    search_fields = ("number", "staff__name", "staff__number")
    search_help_text = _("Attempt number or candidate")
    fields = (
        ("number", "state_badge", "mark"), ("staff", "paper"), ("started_at", "finished_at"), ("seed", "pass_percent"),
        "answered",
    )  # fmt: skip
    readonly_fields = (
        "number", "state_badge", "mark", "staff", "paper", "started_at", "finished_at", "seed", "pass_percent",
        "answered",
    )  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("staff__outlet", "paper__course")
        return rows.defer("sheet", "answers") if request.resolver_match.url_name.endswith("changelist") else rows

    def get_fields(self, request: HttpRequest, obj: ExamAttempt | None = None) -> Any:
        """The questions with their right answers only for who may see the bank, and only when handed in."""
        shows = self.holds(request, BANK_READERS) and obj is not None and obj.finished_at is not None
        return self.fields if shows else tuple(name for name in self.fields if name != "answered")

    @display(description=_("Candidate"), ordering="staff__name")
    def person(self, row: ExamAttempt) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.staff.name, row.staff.outlet)

    @display(description=_("Course"), ordering="paper__course__code")
    def course(self, row: ExamAttempt) -> Any:
        return row.paper.course

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: ExamAttempt) -> Any:
        return show.badge(row.state, AttemptState)

    @display(description=_("Mark"), ordering="percent")
    def mark(self, row: ExamAttempt) -> str:
        return "—" if row.percent is None else f"{row.percent} %"

    @display(description=_("Answers"))
    def answered(self, row: ExamAttempt) -> str:
        return render_to_string("admin/partners/exam_sheet.html", {"questions": marked_sheet(row)})
