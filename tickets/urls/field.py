"""Addresses of the partner's pages; include under field/."""

from django.urls import path

from tickets.views.field import inbox, notices, step, ticket

app_name = "field"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("search/", inbox.search, name="search"),
    path("notices/", notices.notices, name="notices"),
    path("me/", notices.me, name="me"),
    path("<str:number>/", ticket.ticket, name="ticket"),
    path("<str:number>/<slug:name>/", step.step, name="step"),
]
