"""Words of cooperation plans, their group and their tasks, with label and colour."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class PlanStage(ColouredChoices):
    """The five stages of cooperation, and the two ways in which it ends (R071–R075)."""

    PLAN = "plan", "secondary", pgettext_lazy("stage", "Plan")
    RESOURCES = "resources", "azure", _("Resources")
    SERVICE = "service", "blue", _("Carrying out")
    EVALUATION = "evaluation", "purple", _("Evaluation")
    EXPERIENCE = "experience", "orange", _("Experience")
    CLOSED = "closed", "green", _("Concluded")
    STOPPED = "stopped", "red", _("Stopped")


class ResourceKind(ColouredChoices):
    """What the two sides bring together (R072)."""

    SUPPORT = "support", "blue", _("Technical support")
    TRAINING = "training", "purple", _("Training of staff")
    MATERIAL = "material", "teal", _("Material and parts")
    OTHER = "other", "secondary", _("Other")


class Side(ColouredChoices):
    """Which of the two provides or belongs."""

    BRAND = "brand", "indigo", _("Brand")
    PARTNER = "partner", "teal", _("Partner")


class TaskState(ColouredChoices):
    """What became of a task of the cooperation."""

    OPEN = "open", "blue", pgettext_lazy("task", "Open")
    DONE = "done", "green", pgettext_lazy("task", "Done")
    CANCELLED = "cancelled", "secondary", pgettext_lazy("task", "Cancelled")
