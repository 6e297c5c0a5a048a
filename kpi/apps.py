from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KpiConfig(AppConfig):
    name = "kpi"
    label = "kpi"
    verbose_name = _("Figures and reports")

    def ready(self) -> None:
        """Let the meetings of the partner network know the figures of service."""
        import_module("kpi.queries.agenda")
