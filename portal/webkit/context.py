"""What each template is given: the brand and the entries of the page's navigation."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from portal.webkit.nav import NavItem

DEFAULTS: dict[str, Any] = {
    "name": _("After-sales Service Portal"),
    "short_name": _("Service Portal"),
    "logo": "portal/logo.svg",
    "primary": "#1f5fbf",
    "hotline": "",
}
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def brand(request: HttpRequest) -> dict[str, Any]:
    """`brand` from the setting BRAND, and `nav_items` from the callable that the setting PAGE_NAVIGATION names."""
    values = {**DEFAULTS, **{key: value for key, value in getattr(settings, "BRAND", {}).items() if value}}
    if not HEX_COLOUR.fullmatch(values["primary"]):
        values["primary"] = DEFAULTS["primary"]
    values["on_primary"] = text_colour_on(values["primary"])
    values["logo_is_default"] = values["logo"] == DEFAULTS["logo"]
    values["logo_url"] = values["logo"] if "//" in values["logo"] else static(values["logo"])
    return {"brand": values, "nav_items": SimpleLazyObject(lambda: navigation(request))}


def navigation(request: HttpRequest) -> list[NavItem]:
    """The entries of the person's own pages; empty while no navigation is set."""
    path = getattr(settings, "PAGE_NAVIGATION", "")
    items: Callable[[HttpRequest], list[NavItem]] = import_string(path) if path else lambda request: []
    return list(items(request))


def text_colour_on(colour: str) -> str:
    """White, or nearly black where white on `colour` (#rrggbb) would not reach a contrast of 3."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (luminance + 0.05) >= 3 else "#10243e"
