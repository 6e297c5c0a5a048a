"""Addresses of the partner's pages; include under field/."""

from django.urls import path

from tickets.urls import converters  # noqa: F401  registers itself
from tickets.views.field import inbox, notices, step, ticket

app_name = "field"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("search/", inbox.search, name="search"),
    path("notices/", notices.notices, name="notices"),
    path("me/", notices.me, name="me"),
    path("me/notices/", notices.notice_settings, name="notice_settings"),
    path("<number:number>/", ticket.ticket, name="ticket"),
    path("<number:number>/<slug:name>/", step.step, name="step"),
]
