"""Large exports: under the admin, for whoever may enter it; each person finds his own."""

from django.contrib import admin
from django.urls import path

from portal.exchange import my_exports

app_name = "exports"
urlpatterns = [
    path("", admin.site.admin_view(my_exports.mine), name="mine"),
    path("<slug:key>/", admin.site.admin_view(my_exports.file), name="file"),
    path("<slug:key>/cancel/", admin.site.admin_view(my_exports.cancel), name="cancel"),
]
