"""Words of an application to become a partner (申请)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class ApplicationState(ColouredChoices):
    """Where the application stands; brand manager and legal department each have a say (R105, R107)."""

    UNCONFIRMED = "unconfirmed", "secondary", _("Waiting for the applicant's confirmation")
    SUBMITTED = "submitted", "azure", _("With the brand manager")
    LEGAL_REVIEW = "legal_review", "purple", _("With the legal department")
    CLEARED = "cleared", "blue", _("Cleared, to be approved")
    RETURNED = "returned", "orange", _("Returned for correction")
    APPROVED = "approved", "green", _("Approved")
    REJECTED = "rejected", "red", _("Rejected")


class ApplicationSource(models.TextChoices):
    """Who wrote it down."""

    PUBLIC = "public", _("The applicant, on the public page")
    BRAND = "brand", _("Brand staff")
