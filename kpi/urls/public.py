"""Open to everybody: is this printed report genuine?"""

from django.urls import path

from kpi.views import verify

urlpatterns = [
    path("verify/", verify.ask, name="verify_ask"),
    path("verify/<str:code>/", verify.show, name="verify"),
]
