"""The entries of our own pages' navigation, by role."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.notify.queue import unread
from portal.webkit.nav import NavItem
from tickets.queries.field import Filter, waiting_to_accept, work_of


def items(request: HttpRequest) -> list[NavItem]:
    """Partner staff: inbox, search, notices, all the rest. Nobody else has a bar."""
    if not request.actor.is_partner:
        return []
    new = waiting_to_accept(work_of(request.actor, Filter()))
    return [
        NavItem(_("Inbox"), reverse("field:inbox"), "inbox", new, exact=True),
        NavItem(_("Search"), reverse("field:search"), "search"),
        NavItem(_("Notices"), reverse("field:notices"), "bell", unread(request.user).count()),
        NavItem(_("More"), reverse("field_menu"), "layout-grid"),
    ]
