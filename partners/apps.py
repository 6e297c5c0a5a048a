from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "partners"
    label = "partners"
    verbose_name = _("Partner network")

    def ready(self) -> None:
        """Let the foundations know how to ask about what partners read."""
        import_module("partners.queries.training_access")
        import_module("partners.queries.access")
        import_module("partners.queries.contract_access")
        import_module("partners.queries.cooperation_access")
        import_module("partners.queries.knowledge_access")
        import_module("partners.queries.outlet_inspection_access")
        import_module("partners.queries.tool_access")
        index = import_module("partners.queries.knowledge_index").INDEX
        post_migrate.connect(index.install, sender=self, weak=False, dispatch_uid="article-words")
