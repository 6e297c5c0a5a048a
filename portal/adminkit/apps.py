from django.apps import AppConfig
from django.contrib.admin import apps as stock


class AdminkitConfig(AppConfig):
    name = "portal.adminkit"
    label = "adminkit"
    default = True


class PortalAdminConfig(stock.AdminConfig):
    """django.contrib.admin with our site in place of the stock one."""

    default = False
    default_site = "portal.adminkit.site.PortalAdminSite"
