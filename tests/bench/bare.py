"""The raw program beside ours: 50 tickets by an indexed keyset, ORM and template, in a project as Django makes it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path

from tickets.models import Ticket

ROWS = 50
#: What `startproject` puts in.
MIDDLEWARE = [
    "tests.bench.bare.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
PAGE = """<!doctype html><html><body><table>{% for row in rows %}<tr>
<td><a href="/{{ row.number }}">{{ row.number }}</a></td><td>{{ row.title }}</td><td>{{ row.get_state_display }}</td>
<td>{{ row.get_category_display }}</td><td>{{ row.customer_name }}</td><td>{{ row.outlet.name }}</td>
<td>{{ row.received_at|date:"Y-m-d H:i" }}</td><td>{{ row.next_due_at|date:"Y-m-d H:i" }}</td></tr>{% endfor %}
</table></body></html>"""


def view(request: HttpRequest) -> HttpResponse:
    rows = Ticket.objects.select_related("outlet").order_by("-received_at", "-pk")[:ROWS]
    return HttpResponse(engines["django"].from_string(PAGE).render({"rows": rows}, request))


urlpatterns = [path("", view)]


def own_addresses(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """This project's addresses for the request; a changed setting would empty Django's caches of ours each time."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = "tests.bench.bare"
        return get_response(request)

    return middleware


def opener() -> Callable[[], None]:
    """A client of the bare project that opens the page."""
    client = Client()
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        client.get("/")  # the middleware is loaded now, and stays

    def run() -> None:
        answer = client.get("/")
        assert answer.status_code == 200, answer.status_code

    return run
