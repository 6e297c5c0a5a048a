"""Addresses of the partner's pages; include under field/."""

from django.urls import path

from tickets.urls import converters  # noqa: F401  registers itself
from tickets.views.field import inbox, notices, part_request, step, ticket, tool_use

app_name = "field"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("search/", inbox.search, name="search"),
    path("notices/", notices.notices, name="notices"),
    path("me/", notices.me, name="me"),
    path("me/notices/", notices.notice_settings, name="notice_settings"),
    path("parts/", part_request.parts, name="parts"),
    path("parts/new/", part_request.part_new, name="part_new"),
    path("parts/low/", part_request.parts_low, name="parts_low"),
    path("parts/<number:number>/", part_request.part, name="part"),
    path("parts/<number:number>/<slug:name>/", part_request.part_deed, name="part_deed"),
    path("<number:number>/", ticket.ticket, name="ticket"),
    path("<number:number>/diagnostics/", tool_use.diagnostics, name="diagnostics"),
    path("<number:number>/diagnostics/<int:pk>/", tool_use.diagnostic, name="diagnostic"),
    path("<number:number>/<slug:name>/", step.step, name="step"),
]
