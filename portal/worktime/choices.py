"""What a calendar day can be, with label and colour."""

from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class DayKind(ColouredChoices):
    """工作日 / 休息日 / 法定节假日 / 调休上班日."""

    WORKING = "working", "teal", _("Working day")
    REST = "rest", "secondary", _("Rest day")
    STATUTORY = "statutory", "red", _("Statutory holiday")
    MAKEUP = "makeup", "orange", _("Make-up working day")

    @property
    def is_work(self) -> bool:
        """Whether windows are open on such a day."""
        return self in WORK_KINDS


WORK_KINDS = frozenset({DayKind.WORKING, DayKind.MAKEUP})


class DraftState(ColouredChoices):
    """Where a row of the working copy stands against the version in force."""

    DRAFT = "draft", "yellow", _("Draft")
    LEAVING = "leaving", "orange", _("To be taken out")
    IN_FORCE = "in_force", "green", _("In force")
