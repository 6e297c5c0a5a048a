from django.apps import AppConfig


class AdminkitConfig(AppConfig):
    name = "portal.adminkit"
    label = "adminkit"
