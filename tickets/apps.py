from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from simple_history.signals import post_create_historical_record


class TicketsConfig(AppConfig):
    name = "tickets"
    label = "tickets"
    verbose_name = _("Service")

    def ready(self) -> None:
        """Let the foundations know how to ask about tickets."""
        import_module("tickets.queries.access")
        partner = import_module("partners.actions.partner")
        partner.AFTER_STANDING.append(import_module("tickets.actions.hand_over").follow_standing)
        post_create_historical_record.connect(import_module("tickets.actions.calendar").follow_party)
        post_migrate.connect(import_module("tickets.queries.text_index").install, sender=self)
        post_migrate.connect(install_first_rows, sender=self)


def install_first_rows(using: str, **kwargs: Any) -> None:
    """A new portal begins with the policy of the standard and a ladder of warnings."""
    tables = connections[using].introspection.table_names()
    for table, module in (("tickets_policyversion", "first_policy"), ("tickets_ladderrung", "ladder")):
        if table in tables:
            import_module(f"tickets.actions.{module}").install()
