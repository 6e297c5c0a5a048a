"""Certificates: as PDF for who sees the holder, and their check for everybody. Include before kpi's /verify/."""

from django.urls import path, re_path

from partners.views import certificate

urlpatterns = [
    path("certificates/<int:pk>.pdf", certificate.pdf, name="certificate_pdf"),
    re_path(r"^verify/(?P<code>[Zz][Ss][0-9]{1,12}-[A-Za-z2-7]{10})/$", certificate.verify, name="verify_certificate"),
]
