"""The plan of inspections: outlets seen by when they were inspected last (R182)."""

from django.utils.translation import gettext_lazy as _

from partners.models.outlet import Outlet


class InspectionPlan(Outlet):
    """The same outlets; their inspections are looked at, not their addresses."""

    class Meta:
        proxy = True
        verbose_name = _("inspection plan")
        verbose_name_plural = _("inspection plan")
