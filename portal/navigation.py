"""The admin's sidebar: what this person may open, in groups. An admin page that no group names stands under 'More'."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from portal.notify import queue

#: Title of a group, then model label and icon of each entry.
GROUPS: list[tuple[Any, list[tuple[str, str]]]] = [
    (
        _("Service"),
        [
            ("tickets.ticket", "confirmation_number"),
            ("tickets.customer", "groups"),
            ("tickets.contact", "contact_phone"),
            ("tickets.equipment", "directions_car"),
            ("tickets.maintenancevisit", "event_repeat"),
            ("tickets.maintenanceplan", "home_repair_service"),
            ("tickets.serviceagreement", "handshake"),
            ("tickets.agreementversion", "history_edu"),
            ("tickets.agreementline", "format_list_numbered"),
            ("tickets.satisfactionfeedback", "star"),
            ("tickets.handover", "move_up"),
            ("tickets.clockwarning", "notifications_active"),
        ],
    ),
    (
        _("Partner network"),
        [
            ("partners.partnerapplication", "how_to_reg"),
            ("partners.partner", "storefront"),
            ("partners.outlet", "location_on"),
            ("partners.staff", "badge"),
            ("partners.absence", "event_busy"),
            ("partners.partnercontract", "contract"),
            ("partners.contractversion", "contract_edit"),
            ("partners.contractclause", "format_list_numbered"),
            ("partners.authorisation", "verified_user"),
            ("partners.productline", "category"),
            ("partners.productmodel", "inventory_2"),
        ],
    ),
    (
        _("Cooperation"),
        [
            ("partners.cooperationplan", "handshake"),
            ("partners.plangoal", "flag"),
            ("partners.planresource", "inventory_2"),
            ("partners.groupmember", "diversity_3"),
            ("partners.meeting", "groups"),
            ("partners.topic", "record_voice_over"),
            ("partners.cooperationtask", "task_alt"),
            ("partners.meetingcycle", "event_repeat"),
        ],
    ),
    (
        _("Knowledge"),
        [("partners.article", "menu_book"), ("partners.benchmarkcase", "military_tech")],
    ),
    (
        _("Standards and bulletins"),
        [
            ("partners.publication", "gavel"),
            ("partners.release", "campaign"),
            ("partners.clause", "format_list_numbered"),
            ("partners.opinion", "forum"),
            ("partners.adjustment", "tune"),
        ],
    ),
    (
        _("Outlet inspections"),
        [
            ("partners.inspectionplan", "event_available"),
            ("partners.outletinspection", "fact_check"),
            ("partners.outletinspectionfinding", "report"),
            ("partners.outletdraw", "casino"),
            ("partners.checklist", "checklist"),
            ("partners.checkversion", "checklist_rtl"),
            ("partners.checkitem", "rule"),
        ],
    ),
    (
        _("Training and certificates"),
        [
            ("partners.certificate", "workspace_premium"),
            ("partners.course", "school"),
            ("partners.coursesession", "event"),
            ("partners.enrolment", "how_to_reg"),
            ("partners.question", "quiz"),
            ("partners.exampaper", "assignment"),
            ("partners.examattempt", "grading"),
            ("partners.postrequirement", "checklist"),
            ("partners.staffproof", "verified"),
        ],
    ),
    (
        _("Spare parts"),
        [
            ("partners.sparepart", "build"),
            ("tickets.partrequest", "local_shipping"),
            ("partners.stock", "inventory"),
            ("partners.stockmove", "swap_horiz"),
            ("partners.reorderpoint", "notification_important"),
            ("partners.stockcount", "fact_check"),
        ],
    ),
    (
        _("Tools"),
        [
            ("partners.tool", "handyman"),
            ("partners.tooltype", "checklist"),
            ("partners.calibration", "straighten"),
            ("partners.diagnostictool", "biotech"),
            ("partners.toolgrant", "key"),
            ("partners.tooluse", "manage_search"),
        ],
    ),
    (_("Figures and reports"), [("kpi.quarterlyreport", "summarize"), ("kpi.report", "summarize")]),
    (
        _("Evidence"),
        [
            ("journal.journalentry", "receipt_long"),
            ("notify.notice", "mail"),
            ("notify.delivery", "outgoing_mail"),
            ("exchange.exchangerecord", "swap_vert"),
        ],
    ),
    (
        _("Settings"),
        [
            ("notify.noticetext", "edit_notifications"),
            ("accounts.user", "person"),
            ("accounts.membership", "assignment_ind"),
            ("accounts.organisation", "apartment"),
            ("tickets.policyversion", "rule"),
            ("tickets.policyline", "format_list_numbered"),
            ("worktime.calendar", "calendar_month"),
            ("worktime.calendarday", "event"),
            ("worktime.calendarplan", "date_range"),
            ("worktime.calendarversion", "history"),
            ("tickets.ladderrung", "stairs"),
            ("tickets.dutyturn", "shield_person"),
        ],
    ),
]
NAMED = {label for _title, entries in GROUPS for label, _icon in entries}


def sidebar(request: HttpRequest) -> list[dict[str, Any]]:
    """Groups of links that this person may open."""
    pages = {model._meta.label_lower: page for model, page in admin.site._registry.items()}
    shown = {label: page for label, page in pages.items() if page.has_view_permission(request)}
    groups = [{"title": None, "items": [_first_page(), _my_notices(request), _my_exports()]}]
    for title, entries in GROUPS:
        items = [_entry(shown[label], icon) for label, icon in entries if label in shown]
        groups.append({"title": title, "separator": True, "items": items})
    others = [_entry(page, "table_rows") for label, page in sorted(shown.items()) if label not in NAMED]
    groups.append({"title": _("More"), "separator": True, "items": others})
    return [group for group in groups if group["items"]]


def _first_page() -> dict[str, Any]:
    return {"title": _("Overview"), "icon": "space_dashboard", "link": reverse("admin:index"), "active": _is_index}


def _my_notices(request: HttpRequest) -> dict[str, Any]:
    """What the portal told this person, with the number of what is new."""
    link = reverse("admin:my_notices")
    count = queue.unread_count(request)
    item = {"title": _("My notices"), "icon": "notifications", "link": link, "active": _below(link)}
    return {**item, "badge": str(count), "badge_variant": "danger"} if count else item


def _my_exports() -> dict[str, Any]:
    """Large exports that are made in the background, and their files."""
    link = reverse("exports:mine")
    return {"title": _("My exports"), "icon": "download", "link": link, "active": _below(link)}


def _is_index(request: HttpRequest) -> bool:
    return request.path == reverse("admin:index")


def _entry(page: ModelAdmin, icon: str) -> dict[str, Any]:
    link = reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_changelist")
    return {"title": capfirst(page.opts.verbose_name_plural), "icon": icon, "link": link, "active": _below(link)}


def _below(link: str) -> Callable[[HttpRequest], bool]:
    mine = reverse("admin:my_notices")
    return lambda request: request.path.startswith(link) and (link == mine or not request.path.startswith(mine))
