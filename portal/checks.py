"""System checks of the portal: what must be known before it serves."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from portal.kernel import clock
from portal.worktime.library import ANNOUNCED_YEARS, LIBRARY_VERSION


@register()
def holidays_announced(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """This year's holidays should be in the library; the next year's from December on."""
    today = clock.today()
    wanted = [today.year, today.year + 1] if today.month == 12 else [today.year]
    missing = [str(year) for year in wanted if year not in ANNOUNCED_YEARS]
    if not missing:
        return []
    return [
        Warning(
            f"{LIBRARY_VERSION} does not know the Chinese holidays of {', '.join(missing)}: weekends and fixed "
            "holidays only, unless the brand's calendar has its days.",
            hint="Update the holidays package, or import the State Council's notice as a sheet of calendar days.",
            id="portal.W001",
        )
    ]
