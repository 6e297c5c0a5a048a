"""Words of outlet standards and outlet inspections, with label and colour (R109–R114, R182)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.kernel.choices import ColouredChoices


class ListKind(ColouredChoices):
    """What a check list is about: rooms, or what customers use on a screen (R109, R114)."""

    PREMISES = "premises", "blue", _("Outlet premises")
    ONLINE = "online", "purple", _("Online platform")


class ListState(ColouredChoices):
    """A version is written, then released and never rewritten."""

    DRAFT = "draft", "secondary", _("Draft")
    RELEASED = "released", "green", _("Released")


class Section(models.TextChoices):
    """Where an item stands in the list (R109–R114)."""

    SIGNAGE = "signage", _("Signs and zoning")
    CLEANLINESS = "cleanliness", _("Cleanliness and order")
    WAITING = "waiting", _("Customer rest area")
    DEMONSTRATION = "demonstration", _("Product experience area")
    REPAIR = "repair", _("Repair work area")
    SAFETY = "safety", _("Safe production")
    INTERFACE = "interface", _("Interface design")
    INTERACTION = "interaction", _("Interaction logic")
    INFORMATION = "information", _("Information architecture")
    EASE = "ease", _("Ease of use")


SECTIONS: dict[str, tuple[Section, ...]] = {
    ListKind.PREMISES: (
        Section.SIGNAGE,
        Section.CLEANLINESS,
        Section.WAITING,
        Section.DEMONSTRATION,
        Section.REPAIR,
        Section.SAFETY,
    ),
    ListKind.ONLINE: (Section.INTERFACE, Section.INTERACTION, Section.INFORMATION, Section.EASE),
}


class PhotoNeed(models.TextChoices):
    """When an item asks for a photo."""

    NEVER = "never", _("No photo")
    ON_FAULT = "on_fault", _("When not passed")
    ALWAYS = "always", _("Always")


class Result(ColouredChoices):
    """What was found at one item."""

    PASS = "pass", "green", pgettext_lazy("check item", "Passed")
    PARTLY = "partly", "orange", pgettext_lazy("check item", "Partly")
    FAIL = "fail", "red", pgettext_lazy("check item", "Not passed")
    NOT_APPLICABLE = "na", "secondary", _("Not applicable")


class InspectionKind(ColouredChoices):
    """Regular and random, announced and not, by the brand and by the partner (I05)."""

    PLANNED = "planned", "blue", _("Regular inspection")
    RANDOM = "random", "indigo", _("Random draw")
    MYSTERY = "mystery", "purple", _("Mystery customer")
    SELF = "self", "teal", _("Self-inspection")
    RE_CHECK = "re_check", "orange", _("Re-check")


#: The partner is told beforehand.
ANNOUNCED = (InspectionKind.PLANNED, InspectionKind.RE_CHECK)


class InspectionState(ColouredChoices):
    """How far an inspection has come."""

    PLANNED = "planned", "secondary", pgettext_lazy("outlet inspection", "Planned")
    UNDER_WAY = "under_way", "blue", pgettext_lazy("outlet inspection", "Under way")
    SUBMITTED = "submitted", "indigo", pgettext_lazy("outlet inspection", "Submitted")
    RECTIFYING = "rectifying", "orange", _("Being rectified")
    CLOSED = "closed", "green", pgettext_lazy("outlet inspection", "Closed")
    CANCELLED = "cancelled", "secondary", pgettext_lazy("outlet inspection", "Cancelled")


#: The result is known to both sides.
DONE = (InspectionState.SUBMITTED, InspectionState.RECTIFYING, InspectionState.CLOSED)


class Grade(ColouredChoices):
    """What the score and the core items come to."""

    EXCELLENT = "excellent", "green", pgettext_lazy("outlet inspection", "Excellent")
    PASSED = "passed", "teal", pgettext_lazy("outlet inspection", "Passed")
    FAILED = "failed", "red", pgettext_lazy("outlet inspection", "Failed")


class Severity(ColouredChoices):
    """A finding at a core item fails the whole inspection."""

    CORE = "core", "red", pgettext_lazy("finding", "Core")
    OTHER = "other", "yellow", pgettext_lazy("finding", "General")


class FindingState(ColouredChoices):
    """The partner corrects and shows it, the brand accepts or sends back."""

    OPEN = "open", "orange", _("To be corrected")
    REPORTED = "reported", "blue", _("Correction reported")
    ACCEPTED = "accepted", "green", _("Correction accepted")
    DROPPED = "dropped", "secondary", _("Dropped after objection")


#: Somebody still has to do something.
UNSETTLED = (FindingState.OPEN, FindingState.REPORTED)
