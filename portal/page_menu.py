"""What partner staff do besides tickets: a page of tiles, by role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from partners.queries import cooperation, cooperation_task, meeting
from partners.queries import outlet_inspection as inspections
from partners.queries import standard as standards
from partners.queries.absence import away_now
from partners.queries.tool import late_count as late_tools
from portal.access import ACCESS
from portal.kernel import clock
from portal.webkit.guards import partner_page
from tickets.queries.part_request import late_count


@dataclass(frozen=True, slots=True)
class Tile:
    """One page: shown to the roles that the table of addresses lets in; `count` says what waits there."""

    label: Any
    address: str
    icon: str
    about: Any
    count: Callable[[HttpRequest], int] | None = None


def _away(request: HttpRequest) -> int:
    return away_now(request.actor)


def _plans(request: HttpRequest) -> int:
    """Plans to agree to and messages to read."""
    return cooperation.to_agree_count(request.actor) + cooperation.unread_count(request.actor)


#: Title of a group, then its tiles. A new page of partner staff is one line here.
MENU: list[tuple[Any, list[Tile]]] = [
    (
        _("Training and certificates"),
        [
            Tile(_("My training"), "house:training", "school", _("What my post asks for, courses, examinations")),
            Tile(_("My certificates"), "house:certificates", "certificate", _("Valid until when, as PDF")),
            Tile(_("Team and certificates"), "house:team", "users-group", _("Who holds, lacks or must renew what")),
        ],
    ),
    (
        _("Spare parts"),
        [
            Tile(_("Stock"), "house:stock", "package", _("My bag, the store, what is on the way")),
            Tile(
                _("Part requests"),
                "field:parts",
                "truck-delivery",
                _("What is awaited, what is late"),
                count=lambda request: late_count(request.actor),
            ),
            Tile(
                _("Parts that run out"),
                "field:parts_low",
                "alert-triangle",
                _("Below the reorder point, what to order"),
            ),
            Tile(_("Stocktaking"), "house:counts", "clipboard-list", _("What should be there, what is there")),
        ],
    ),
    (
        _("Tools and diagnostic tools"),
        [
            Tile(
                _("Tools"),
                "house:tools",
                "tools",
                _("Tools and test equipment, what is missing, what must be calibrated"),
                lambda request: late_tools(request.actor, clock.today()),
            ),
            Tile(
                _("Diagnostic tools"),
                "house:tool_grants",
                "stethoscope",
                _("What the brand has opened to us, and the log of use"),
            ),
        ],
    ),
    (
        _("Knowledge"),
        [
            Tile(
                _("Knowledge base"), "house:knowledge", "book", _("Fault solutions, manuals, standard answers, cases")
            ),
            Tile(
                _("Recommended list"), "house:recommended", "award", _("Good-practice cases with their measured effect")
            ),
            Tile(_("My contributions"), "house:contributions", "bulb", _("What I proposed, and what became of it")),
        ],
    ),
    (
        _("From the brand"),
        [
            Tile(
                _("Standards and bulletins"),
                "house:standards",
                "book-2",
                _("What holds, what is coming, what waits for “read and understood”"),
                lambda request: standards.unread_count(request.actor),
            ),
            Tile(
                _("Outlet inspections"),
                "house:inspections",
                "clipboard-check",
                _("Findings to be corrected, results, self-inspection"),
                lambda request: inspections.overdue_count(request.actor),
            ),
        ],
    ),
    (
        _("Cooperation with the brand"),
        [
            Tile(
                _("My tasks"),
                "house:tasks",
                "clipboard-list",
                _("From plans and meetings; the number says how many are overdue"),
                lambda request: cooperation_task.overdue_count(request.actor),
            ),
            Tile(
                _("Cooperation plans"),
                "house:cooperation",
                "users-group",
                _("Goals, stage, coordination group and messages"),
                _plans,
            ),
            Tile(
                _("Meetings"),
                "house:meetings",
                "calendar-month",
                _("Invitations, agenda, minutes, topics for the summit"),
                lambda request: meeting.unanswered_count(request.actor),
            ),
        ],
    ),
    (
        pgettext_lazy("navigation", "People"),
        [
            Tile(_("Absences"), "house:absences", "beach", _("Who is away, and who stands in"), _away),
            Tile(
                _("Working calendar"), "house:calendar", "calendar-month", _("Working days, holidays and make-up days")
            ),
        ],
    ),
    (
        _("My company"),
        [Tile(_("Contracts"), "house:contracts", "file-text", _("Standing, clauses in force, authorisations"))],
    ),
    (
        _("Myself"),
        [
            Tile(_("Notices"), "field:notices", "bell", _("What the portal told me")),
            Tile(_("Me"), "field:me", "user-circle", _("Outlet, certificates, language, sign out")),
        ],
    ),
]


def tiles(request: HttpRequest) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The groups with what this person may open; an empty group is left out."""
    shown = []
    for title, group in MENU:
        open_to = [tile for tile in group if request.actor.role in ACCESS[tile.address]]
        if open_to:
            shown.append((title, [_shown(tile, request) for tile in open_to]))
    return shown


def _shown(tile: Tile, request: HttpRequest) -> dict[str, Any]:
    waiting = tile.count(request) if tile.count else 0
    return {"tile": tile, "url": reverse(tile.address), "count": waiting}


@require_safe
@partner_page
def menu(request: HttpRequest) -> HttpResponse:
    """All pages of this person, in groups."""
    return render(request, "tickets/field/menu.html", {"groups": tiles(request)})
