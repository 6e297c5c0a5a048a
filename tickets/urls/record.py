"""The paper forms and the check of a printed one."""

from django.urls import path, re_path

from tickets.views import record

urlpatterns = [
    path("tickets/<str:number>/record/<int:form>.pdf", record.record, name="record_pdf"),
    re_path(r"^verify/(?P<code>[A-Za-z]{2}[0-9-]+-[Ff][1-4]-[0-9]+-[A-Za-z2-7]{10})/$", record.verify,
            name="verify_record"),
]  # fmt: skip
