"""Addresses of the pages on which partner staff keep their own house; include under field/, before the tickets'."""

from django.urls import URLPattern, URLResolver

app_name = "house"
urlpatterns: list[URLPattern | URLResolver] = []
