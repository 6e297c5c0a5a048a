from importlib import import_module

from django.apps import AppConfig

from portal.kernel import history


class PortalConfig(AppConfig):
    name = "portal"
    label = "portal"

    def ready(self) -> None:
        history.install()
        import_module("portal.checks")
        import_module("portal.clock_watch")  # the kind of its notice is known to every program
        import_module("portal.notify.checks")  # stands on models, which are ready only now
