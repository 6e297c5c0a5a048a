"""How Unfold shows the admin site; the navigation itself is portal.navigation."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

UNFOLD = {
    "SITE_TITLE": lambda request: settings.BRAND["name"],
    "SITE_HEADER": lambda request: settings.BRAND["short_name"],
    "SITE_SUBHEADER": _("After-sales service"),
    "SITE_URL": "/",
    "SITE_ICON": lambda request: static("portal/mark.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("portal/favicon.svg")}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "SHOW_LANGUAGES": True,
    "ENVIRONMENT": None,
    "DASHBOARD_CALLBACK": "portal.dashboard.fill",
    "LOGIN": {"redirect_after": lambda request: reverse_lazy("admin:index")},
    "STYLES": [
        lambda request: static("portal/palette.css"),
        lambda request: static("portal/admin.css"),
        lambda request: static("portal/article.css"),
    ],
    "SCRIPTS": [lambda request: static("portal/due.js"), lambda request: static("portal/admin.js")],
    "BORDER_RADIUS": "6px",
    "COLORS": {
        "primary": {
            "50": "oklch(97.1% .014 255)",
            "100": "oklch(93.6% .031 255)",
            "200": "oklch(88.2% .058 256)",
            "300": "oklch(80.9% .098 256)",
            "400": "oklch(70.7% .142 257)",
            "500": "oklch(60.3% .168 258)",
            "600": "oklch(51.4% .165 258)",
            "700": "oklch(45.3% .150 259)",
            "800": "oklch(39.5% .123 259)",
            "900": "oklch(34.6% .096 260)",
            "950": "oklch(25.2% .072 261)",
        }
    },
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
        "navigation": "portal.navigation.sidebar",
    },
}
