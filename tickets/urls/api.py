"""Addresses for machines; include under api/v1/."""

from django.urls import path

from tickets.urls import converters  # noqa: F401  registers itself
from tickets.views import clock

urlpatterns = [path("tickets/<number:number>/clocks/", clock.clocks, name="ticket_clocks")]
