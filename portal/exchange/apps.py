from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    name = "portal.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Let each app's `resources` register its sheets."""
        autodiscover_modules("resources")
