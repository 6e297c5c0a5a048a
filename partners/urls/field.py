"""Addresses of the pages on which partner staff keep their own house; include under field/, before the tickets'."""

from django.urls import URLPattern, URLResolver, path

from partners.urls import training
from partners.views import knowledge, standard

app_name = "house"
urlpatterns: list[URLPattern | URLResolver] = [
    path("knowledge/", knowledge.knowledge, name="knowledge"),
    path("knowledge/mine/", knowledge.mine, name="contributions"),
    path("knowledge/recommended/", knowledge.recommended, name="recommended"),
    path("knowledge/<str:number>/", knowledge.article, name="article"),
    path("standards/", standard.index, name="standards"),
    path("standards/<int:pk>/", standard.page, name="standard"),
    path("standards/<int:pk>/clause/<int:clause>/", standard.propose, name="standard_propose"),
    *training.urlpatterns,
]
