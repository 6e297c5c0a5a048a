"""What makes the portal a brand's own: the setting BRAND, completed and checked."""

import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

DEFAULTS: dict[str, Any] = {
    "name": _("After-sales Service Portal"),
    "short_name": _("Service Portal"),
    "logo": "portal/logo.svg",
    "primary": "#1f5fbf",
    "hotline": "",
}
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def values() -> dict[str, Any]:
    """name, short_name, logo (path under static, or an address), primary (#rrggbb), on_primary, hotline."""
    found = {**DEFAULTS, **{key: value for key, value in getattr(settings, "BRAND", {}).items() if value}}
    if not HEX_COLOUR.fullmatch(found["primary"]):
        found["primary"] = DEFAULTS["primary"]
    found["on_primary"] = text_colour_on(found["primary"])
    found["logo_is_default"] = found["logo"] == DEFAULTS["logo"]
    return found


def text_colour_on(colour: str) -> str:
    """White, or nearly black where white on `colour` (#rrggbb) would not reach a contrast of 3."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (luminance + 0.05) >= 3 else "#10243e"
