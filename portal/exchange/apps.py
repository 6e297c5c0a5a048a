from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ExchangeConfig(AppConfig):
    name = "portal.exchange"
    label = "exchange"

    def ready(self) -> None:
        """Let each app's `resources` register its sheets, and the notices be known to every program."""
        autodiscover_modules("resources")
        import_module("portal.exchange.notices")  # stands on models, which are ready only now
