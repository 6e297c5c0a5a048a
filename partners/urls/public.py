"""Papers as PDF for who sees their subject, and the check of a certificate. Include before kpi's /verify/."""

from django.urls import path, re_path

from partners.views import certificate, meeting, outlet_inspection

urlpatterns = [
    path("certificates/<int:pk>.pdf", certificate.pdf, name="certificate_pdf"),
    path("meetings/<int:pk>/minutes.pdf", meeting.minutes, name="meeting_minutes"),
    path("inspections/<str:number>.pdf", outlet_inspection.pdf, name="inspection_pdf"),
    re_path(r"^verify/(?P<code>[Zz][Ss][0-9]{1,12}-[A-Za-z2-7]{10})/$", certificate.verify, name="verify_certificate"),
]
