"""Turn a refusal that no view caught into its page."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse

from portal.kernel.errors import PortalError
from portal.webkit.views import problem


class ProblemMiddleware:
    """Refused → 403, Conflict → 409, InvalidInput → 400, too large → 413, each with its own words."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, PortalError):
            return problem(request, exception.status, exception.message)
        if isinstance(exception, (RequestDataTooBig, TooManyFilesSent)):
            return problem(request, 413)
        return None
