from django.apps import AppConfig


class WebkitConfig(AppConfig):
    name = "portal.webkit"
    label = "webkit"
