"""The paper forms and the check of a printed one."""

from django.urls import path, re_path

from tickets.urls import converters  # noqa: F401  registers itself
from tickets.views import article, record

urlpatterns = [
    path("tickets/<number:number>/articles/", article.articles, name="ticket_articles"),
    path("tickets/<number:number>/articles/<str:article_number>/", article.article, name="ticket_article"),
    path("tickets/<number:number>/contribute/", article.contribute, name="ticket_contribute"),
    path("tickets/<str:number>/record/<int:form>.pdf", record.record, name="record_pdf"),
    re_path(r"^verify/(?P<code>[A-Za-z]{2}[0-9-]+-[Ff][1-4]-[0-9]+-[A-Za-z2-7]{10})/$", record.verify,
            name="verify_record"),
]  # fmt: skip
