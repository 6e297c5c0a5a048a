"""Words of a customer's service agreement (服务协议书) and its versions (R184–R191)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.kernel.choices import ColouredChoices


class AgreementState(ColouredChoices):
    """A version's life: written, signed, in force from its first day, replaced by the next."""

    DRAFT = "draft", "secondary", _("Draft")
    SIGNED = "signed", "green", _("Signed")
    WITHDRAWN = "withdrawn", "red", _("Withdrawn")


class PartySide(models.TextChoices):
    """The two parties of the agreement; sides differ between documents, so code never says A or B (R184, R185)."""

    PROVIDER = "provider", _("Provider (Party A)")
    RECIPIENT = "recipient", _("Recipient (Party B)")
