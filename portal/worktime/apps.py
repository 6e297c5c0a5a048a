from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorktimeConfig(AppConfig):
    name = "portal.worktime"
    label = "worktime"
    verbose_name = _("Settings")

    def ready(self) -> None:
        post_migrate.connect(keep_in_force, sender=self)


def keep_in_force(using: str, **kwargs: Any) -> None:
    """The brand's calendar is always there, and a new edition of the holidays is kept as new versions."""
    if "worktime_calendarversion" in connections[using].introspection.table_names():
        import_module("portal.worktime.actions").keep_in_force()
