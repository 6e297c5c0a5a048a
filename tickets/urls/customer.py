"""Pages behind a signed link."""

from django.urls import path

from tickets.views.customer import ticket

app_name = "customer"
urlpatterns = [
    path("t/<str:token>/", ticket.ticket, name="ticket"),
    path("t/<str:token>/<slug:name>/", ticket.step, name="step"),
    path("rate/<str:token>/", ticket.rate, name="rate"),
]
