"""Customer, contact, equipment and the customer's service agreement (R185–R187, R191)."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.choices import ServiceTier
from partners.models import ProductLine
from partners.rules import uscc
from partners.rules.standing import LET_IN
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.kernel.phone import wrong_phone
from portal.worktime.models import Calendar
from tickets.choices import CustomerKind


class CustomerQuerySet(ScopedQuerySet):
    """Partners see the customers whose tickets they handle; brand and auditors their regions."""

    path = ""

    def scope(self, actor: Actor) -> "CustomerQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, f"{self.path}region")
        if actor.is_partner:
            partner = f"{self.path}tickets__partner__"
            mine = {f"{partner}organisation_id": actor.organisation_id, f"{partner}standing__in": LET_IN}
            return self.filter(**mine).distinct()
        return self.none()


class OfCustomerQuerySet(CustomerQuerySet):
    path = "customer__"


class Customer(models.Model):
    """Who receives service: a company or a person."""

    code = models.CharField(_("Customer code"), max_length=32, unique=True)
    kind = models.CharField(_("Kind"), max_length=10, choices=CustomerKind.choices, default=CustomerKind.COMPANY)
    name = models.CharField(_("Customer name"), max_length=120, db_index=True)
    uscc = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    region = models.CharField(_("Region"), max_length=60, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)
    calendar = models.ForeignKey(
        Calendar,
        models.PROTECT,
        to_field="code",
        db_column="calendar",
        null=True,
        blank=True,
        related_name="customers",
        limit_choices_to={"edition__gt": 0},
        verbose_name=_("Working calendar"),
        help_text=_("Empty: the calendar of the brand."),
    )
    active = models.BooleanField(_("Active"), default=True)

    history = HistoricalRecords()
    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A credit code, if given, must be right (R185)."""
        super().clean()
        if self.uscc:
            self.uscc = uscc.clean(self.uscc)
            verdict = uscc.check(self.uscc)
            if not verdict:
                raise ValidationError({"uscc": verdict.reason})


class Contact(models.Model):
    """A person at the customer who reports and is told of progress."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="contacts", verbose_name=_("Customer"))
    name = models.CharField(_("Contact person"), max_length=60)
    phone = models.CharField(_("Contact telephone"), max_length=32, db_index=True)
    email = models.EmailField(_("E-mail"), blank=True)
    language = models.CharField(_("Language"), max_length=10, default="zh-hans")
    primary = models.BooleanField(_("Main contact"), default=False)

    history = HistoricalRecords()
    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact persons")
        ordering = ["customer", "-primary", "name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The telephone number must look like one."""
        super().clean()
        if errors := wrong_phone(self.phone):
            raise ValidationError(errors)


class Equipment(models.Model):
    """A product in a customer's hands, known by its serial number."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="equipment", verbose_name=_("Customer"))
    product_line = models.ForeignKey(ProductLine, models.PROTECT, verbose_name=_("Product line"))
    model = models.CharField(_("Product model"), max_length=80)
    serial_number = models.CharField(_("Serial number"), max_length=80, unique=True)
    contract_number = models.CharField(_("Contract number"), max_length=60, blank=True)
    installed_on = models.DateField(_("Installed on"), null=True, blank=True)
    warranty_from = models.DateField(_("Warranty from"), null=True, blank=True)
    warranty_until = models.DateField(_("Warranty until"), null=True, blank=True)
    address = models.CharField(_("Place of installation"), max_length=200, blank=True)

    history = HistoricalRecords()
    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        ordering = ["serial_number"]

    def __str__(self) -> str:
        return f"{self.model} · {self.serial_number}"


class ServiceAgreement(models.Model):
    """服务协议书: what the customer is owed, of which tier and until when (R184–R191)."""

    customer = models.ForeignKey(Customer, models.PROTECT, related_name="agreements", verbose_name=_("Customer"))
    number = models.CharField(_("Agreement number"), max_length=60, unique=True)
    tier = models.CharField(_("Service tier"), max_length=12, choices=ServiceTier.choices)
    product_name = models.CharField(_("Product name"), max_length=120, blank=True)
    contract_number = models.CharField(_("Contract number"), max_length=60, blank=True)
    warranty_from = models.DateField(_("Warranty from"), null=True, blank=True)
    warranty_until = models.DateField(_("Warranty until"), null=True, blank=True)
    signed_on = models.DateField(_("Date of signing"), null=True, blank=True)
    signed_at = models.CharField(_("Place of signing"), max_length=80, blank=True)
    valid_from = models.DateField(_("Valid from"))
    valid_until = models.DateField(_("Valid until"))
    inspection_months = models.PositiveSmallIntegerField(_("Periodic inspection every … months"), null=True, blank=True)
    cycles_add_up = models.BooleanField(
        _("Cycles add up"),
        default=False,
        help_text=_("After a reopening the resolution has only what the earlier cycles left of its limit."),
    )

    history = HistoricalRecords()
    objects = OfCustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("service agreement")
        verbose_name_plural = _("service agreements")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gte=models.F("valid_from")),
                name="agreement_ends_after_it_begins",
                violation_error_message=_("An agreement cannot end before it begins."),
            )
        ]

    def __str__(self) -> str:
        return self.number
