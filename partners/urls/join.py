"""Pages without account: to become a partner."""

from django.urls import path

from partners.views import join

app_name = "join"
urlpatterns = [
    path("", join.apply, name="apply"),
    path("done/", join.done, name="done"),
    path("invitation/<str:token>/", join.invitation, name="invitation"),
    path("<str:token>/", join.status, name="status"),
]
