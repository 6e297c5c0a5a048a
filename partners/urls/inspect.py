"""Addresses of the pages on which an outlet is inspected, by the brand or by the partner himself; under inspect/."""

from django.urls import path

from partners.views import outlet_inspection

app_name = "inspect"
urlpatterns = [
    path("", outlet_inspection.index, name="index"),
    path("<str:number>/", outlet_inspection.inspection, name="inspection"),
    path("<str:number>/submit/", outlet_inspection.submit, name="submit"),
    path("<str:number>/<int:pk>/", outlet_inspection.item, name="item"),
    path("<str:number>/<int:pk>/photo/", outlet_inspection.remove_photo, name="remove_photo"),
]
