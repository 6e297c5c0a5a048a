"""Pages that say no, in the reader's language. Name them in urls.py as handler400, 403, 404 and 500."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.kernel.errors import PortalError

PAGES = frozenset({400, 403, 404, 409, 410, 413, 429})


def problem(request: HttpRequest, status: int, message: Any = "", **context: Any) -> HttpResponse:
    """The page of a status with the given words; htmx requests get the words alone."""
    if request.headers.get("HX-Request"):
        return HttpResponse(str(message), status=status, content_type="text/plain; charset=utf-8")
    template = f"errors/{status if status in PAGES else 400}.html"
    return render(request, template, {**context, "status": status, "message": message}, status=status)


def conflict_response(request: HttpRequest, error: PortalError, **context: Any) -> HttpResponse:
    """409: somebody was faster; `error` says who, and what the state is now (C01, C08)."""
    return problem(request, 409, error.message, **context)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler400: Django's own refusals; their texts are not for readers."""
    return problem(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler403."""
    return problem(request, 403, _words(exception))


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """handler404: the same page for what is absent and for what is not the reader's."""
    return problem(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: mostly an old page in a tab."""
    return problem(request, 403, render_to_string("errors/csrf.txt").strip())


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: needs no session and no context, so that it works when little else does."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def _words(exception: Exception | None) -> str:
    return str(exception) if exception and exception.args and isinstance(exception, PortalError) else ""
