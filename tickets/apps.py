from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class TicketsConfig(AppConfig):
    name = "tickets"
    label = "tickets"
    verbose_name = _("Service")

    def ready(self) -> None:
        """Let the foundations know how to ask about tickets."""
        import_module("tickets.queries.access")
        post_migrate.connect(import_module("tickets.queries.text_index").install, sender=self)
