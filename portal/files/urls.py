"""Addresses of downloads; include under files/."""

from django.urls import path

from portal.files import views

app_name = "files"
urlpatterns = [
    path("<slug:key>/", views.attachment, name="attachment"),
    path("<slug:key>/thumb/", views.thumb, name="thumb"),
]
