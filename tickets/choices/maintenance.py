"""Words of periodic inspections (定期巡检, R191)."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class VisitState(ColouredChoices):
    """A visit's life: planned, a ticket of its own when it falls due, done or called off."""

    PLANNED = "planned", "secondary", _("Planned")
    TICKETED = "ticketed", "blue", _("Ticket opened")
    DONE = "done", "green", _("Inspected")
    SKIPPED = "skipped", "orange", _("Called off")


class VisitResult(ColouredChoices):
    """What the inspection found."""

    GOOD = "good", "green", _("In order")
    DEFECT = "defect", "red", _("Defects found")
