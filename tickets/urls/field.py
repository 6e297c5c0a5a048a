"""Addresses of the partner's pages; include under field/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from tickets.views.field import inbox, notices, step, ticket


class NumberConverter(StringConverter):
    """A ticket number as a database can be asked for it: PostgreSQL stops at a NUL."""

    regex = r"[^/\x00-\x1f]+"


register_converter(NumberConverter, "number")
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
