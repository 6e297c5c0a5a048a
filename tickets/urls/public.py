"""Pages that anybody may open: the request and 工单查询."""

from django.urls import path

from tickets.views.customer import request, track

app_name = "public"
urlpatterns = [
    path("request/", request.new_request, name="request"),
    path("request/done/", request.done, name="done"),
    path("track/", track.track, name="track"),
    path("track/<str:number>/", track.progress, name="progress"),
    path("track/<str:number>/code/", track.send_code, name="send_code"),
    path("track/<str:number>/open/", track.open_with_code, name="open"),
]
