"""What each template is given: the brand and the entries of the page's navigation."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string

from portal.kernel.brand import values
from portal.webkit.nav import NavItem


def brand(request: HttpRequest) -> dict[str, Any]:
    """`brand` from the setting BRAND, and `nav_items` from the callable that the setting PAGE_NAVIGATION names."""
    found = values()
    found["logo_url"] = found["logo"] if "//" in found["logo"] else static(found["logo"])
    return {"brand": found, "nav_items": SimpleLazyObject(lambda: navigation(request))}


def navigation(request: HttpRequest) -> list[NavItem]:
    """The entries of the person's own pages; empty while no navigation is set."""
    path = getattr(settings, "PAGE_NAVIGATION", "")
    items: Callable[[HttpRequest], list[NavItem]] = import_string(path) if path else lambda request: []
    return list(items(request))
