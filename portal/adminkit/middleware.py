"""Headers of every answer, also of those that no view made: sign-in pages, refusals, pages that are not there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import has_vary_header, patch_cache_control

#: Unfold's Alpine evaluates attributes, so scripts of ours need 'unsafe-eval'; inline scripts stay forbidden.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "style-src 'self' 'unsafe-inline'",
        "script-src 'self' 'unsafe-eval'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ]
)


class HeadersMiddleware:
    """The admin's own policy (L09), and no shared cache for what depends on who asks (L04)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(reverse("admin:index")):
            response.headers.setdefault("Content-Security-Policy", POLICY)
        if has_vary_header(response, "Cookie") and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_cache=True)
        return response
