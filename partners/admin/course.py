"""Courses, sessions with attendance, enrolments (R069, R116, R142, R176)."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from partners.admin.base import MANAGER, NetworkAdmin
from partners.choices.training import CourseKind, EnrolmentState
from partners.forms.course import AttendanceForm, CallOffForm, CancelForm, EnrolForm, MaterialForm
from partners.models import Course, CourseSession, Enrolment
from partners.queries.training import sessions_with_seats
from portal.accounts.models import User
from portal.accounts.roles import READERS, Role
from portal.adminkit.deeds import Deed, DeedAdmin
from portal.adminkit.filters import ScopedRelatedFilter
from portal.adminkit.summary import SummaryInline
from portal.files.models import Attachment
from portal.journal.log import subject_of
from portal.kernel import clock
from portal.webkit import show

TEACHERS = MANAGER | {Role.TECHNICAL}


class SessionInline(SummaryInline):
    model = CourseSession
    roles_view = READERS
    fields = ("page", "starts_at", "mode", "place", "trainer", "seats")


@admin.register(Course)
class CourseAdmin(DeedAdmin, NetworkAdmin):
    roles_add = roles_change = roles_import = TEACHERS
    deeds = {"material": Deed(_("Add material"), MaterialForm, files=True)}
    inlines = (SessionInline,)
    list_display = ("course", "kind_badge", "product_line", "hours", "valid_months", "session_count", "active")
    list_filter = (("kind", ChoicesDropdownFilter), ("product_line", ScopedRelatedFilter), "active")
    list_filter_submit = True
    search_fields = ("code", "name", "outline")
    search_help_text = _("Code, name or content")
    autocomplete_fields = ("product_line",)
    readonly_fields = ("material",)
    fieldsets = (
        (None, {"fields": (("code", "name"), ("kind", "product_line"), "outline", "hours", "material")}),
        (
            _("How it is taken"),
            {"fields": (("needs_attendance", "self_enrolment"), ("valid_months", "active"))},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request).select_related("product_line")
        return rows.annotate(dates=Count("sessions", distinct=True))

    @display(description=_("Course"), ordering="code")
    def course(self, row: Course) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.name, row.code)

    @display(description=_("Kind"), ordering="kind")
    def kind_badge(self, row: Course) -> Any:
        return show.badge(row.kind, CourseKind)

    @display(description=_("Sessions"), ordering="dates")
    def session_count(self, row: Course) -> int:
        return row.dates

    @display(description=_("Material"))
    def material(self, row: Course) -> Any:
        files = Attachment.objects.filter(subject=subject_of(row)) if row.pk else []
        links = format_html_join("", '<li><a class="text-primary-600" href="/files/{}/">{}</a></li>',
                                 ((file.key, file.name) for file in files))  # fmt: skip
        return format_html("<ul>{}</ul>", links) if links else "—"


class EnrolmentInline(SummaryInline):
    model = Enrolment
    roles_view = READERS
    fields = ("page", "outlet", "state_badge", "enrolled_at", "enrolled_by")
    per_page = 100

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("staff__outlet", "session__course")

    @display(description=_("outlet"))
    def outlet(self, row: Enrolment) -> Any:
        return row.staff.outlet

    @display(description=_("State"))
    def state_badge(self, row: Enrolment) -> Any:
        return show.badge(row.state, EnrolmentState)


@admin.register(CourseSession)
class CourseSessionAdmin(DeedAdmin, NetworkAdmin):
    roles_add = roles_change = roles_import = TEACHERS
    deeds = {
        "attendance": Deed(_("Record attendance"), AttendanceForm, lambda row: _begun(row)),
        "enrol": Deed(_("Enrol staff"), EnrolForm, lambda row: not row.cancelled_at and not _begun(row)),
        "call_off": Deed(_("Call off the session"), CallOffForm, lambda row: not row.cancelled_at, grave=True),
    }
    inlines = (EnrolmentInline,)
    list_display = ("session", "course", "starts_at", "mode", "trainer", "filled", "state_badge")
    list_filter = (("course", ScopedRelatedFilter), ("mode", ChoicesDropdownFilter))
    list_filter_submit = True
    list_fullwidth = True
    date_hierarchy = "starts_at"
    ordering = ("-starts_at",)
    search_fields = ("number", "course__name", "course__code", "place")
    search_help_text = _("Session number, course or place")
    autocomplete_fields = ("course",)
    readonly_fields = ("state_badge", "cancel_reason")
    fieldsets = (
        (None, {"fields": (("number", "course"), "starts_at", "ends_at", ("mode", "place"), ("trainer", "seats"))}),
        (_("State"), {"fields": (("state_badge", "cancel_reason"),)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return sessions_with_seats(super().get_queryset(request).select_related("course", "trainer"))

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Trainers are brand managers and the technical department."""
        if db_field.name == "trainer":
            teaching = {"membership__active": True, "membership__role__in": TEACHERS, "is_active": True}
            kwargs["queryset"] = User.objects.filter(**teaching).distinct()
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @display(description=_("Session number"), ordering="number")
    def session(self, row: CourseSession) -> str:
        return row.number

    @display(description=_("Seats"))
    def filled(self, row: CourseSession) -> str:
        return f"{row.taken}/{row.seats}" + (f" +{row.queue}" if row.queue else "")

    @display(description=_("State"))
    def state_badge(self, row: CourseSession) -> Any:
        if not row.pk:
            return "—"
        if row.cancelled_at:
            return _("Called off")
        return pgettext("training", "Held") if row.ends_at < clock.now() else pgettext("training", "Planned")


def _begun(row: CourseSession) -> bool:
    return row.cancelled_at is None and row.starts_at <= clock.now()


@admin.register(Enrolment)
class EnrolmentAdmin(DeedAdmin, NetworkAdmin):
    roles_add = frozenset()
    deeds = {
        "cancel": Deed(
            _("Cancel the enrolment"),
            CancelForm,
            lambda row: row.state in (EnrolmentState.ENROLLED, EnrolmentState.WAITING),
            grave=True,
        )
    }
    list_display = ("person", "outlet", "session", "state_badge", "enrolled_at", "enrolled_by")
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("session__course", ScopedRelatedFilter),
        ("staff__outlet__partner", ScopedRelatedFilter),
    )
    list_filter_submit = True
    list_fullwidth = True
    ordering = ("-enrolled_at",)
    search_fields = ("number", "staff__name", "session__course__name")
    search_help_text = _("Session number, employee number, name or course")
    fields = ("number", "session", "staff", "state", "enrolled_at", "enrolled_by")

    def get_readonly_fields(self, request: HttpRequest, obj: Enrolment | None = None) -> tuple[str, ...]:
        return self.fields

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("staff__outlet", "session__course")

    @display(description=_("Staff member"), ordering="staff__name")
    def person(self, row: Enrolment) -> SafeString:
        return format_html('<span class="ak-stack"><b>{}</b><small>{}</small></span>', row.staff.name, row.staff.number)

    @display(description=_("outlet"), ordering="staff__outlet__code")
    def outlet(self, row: Enrolment) -> Any:
        return row.staff.outlet

    @display(description=_("State"), ordering="state")
    def state_badge(self, row: Enrolment) -> Any:
        return show.badge(row.state, EnrolmentState)
