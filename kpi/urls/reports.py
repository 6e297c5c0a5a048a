"""Below /reports/: what auditors, brand and partner managers download."""

from django.urls import path

from kpi.views import report

app_name = "reports"
urlpatterns = [
    path("", report.index, name="list"),
    path("<int:pk>/file/", report.file, name="file"),
]
