"""One fact row a ticket, from which every figure is counted; written with the change that it reflects."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Outlet, Partner, ProductLine, Staff
from partners.rules.standing import SHUT_OUT
from portal.accounts.actor import Actor
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from tickets import choices
from tickets.models.customer import Customer
from tickets.models.ticket import Ticket


class TicketFactQuerySet(ScopedQuerySet):
    """The scope of `Ticket`, told by the fact's own columns where they suffice: no ticket is read then."""

    def scope(self, actor: Actor) -> "TicketFactQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor)
        if actor.is_partner and actor.role != Role.TECHNICIAN:
            own = self.filter(partner__organisation_id=actor.organisation_id)
            return own.exclude(partner__standing__in=SHUT_OUT)
        return self.filter(ticket__in=Ticket.objects.visible_to(actor))


class TicketFact(models.Model):
    """Dimensions and counters of a ticket. `*_met` is None while the clock runs; then `*_due_at` decides.

    Durations are milliseconds of wall time since receipt. `quarter` is Quarter.index of the receipt.
    """

    ticket = models.OneToOneField(Ticket, models.CASCADE, primary_key=True, related_name="fact")
    counted = models.BooleanField(default=True)
    quarter = models.PositiveIntegerField()
    received_on = models.DateField()
    state = models.CharField(max_length=24, choices=choices.TicketState.choices)
    category = models.CharField(max_length=16, choices=choices.Category.choices, blank=True)
    channel = models.CharField(max_length=12, choices=choices.Channel.choices)
    region = models.CharField(max_length=60, blank=True)
    partner = models.ForeignKey(Partner, models.PROTECT, null=True, related_name="+")
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    customer = models.ForeignKey(Customer, models.PROTECT, null=True, related_name="+")
    product_line = models.ForeignKey(ProductLine, models.PROTECT, null=True, related_name="+")

    dispatched = models.BooleanField(default=False)
    completed = models.BooleanField(default=False)
    resolved = models.BooleanField(default=False)
    repair = models.BooleanField(default=False)
    on_site = models.BooleanField(default=False)
    rejections = models.PositiveSmallIntegerField(default=0)
    reopenings = models.PositiveSmallIntegerField(default=0)
    escalated = models.BooleanField(default=False)
    dispatches = models.PositiveSmallIntegerField(default=0)
    visits = models.PositiveSmallIntegerField(default=0)
    open_days = models.PositiveIntegerField(default=0)
    progress_days = models.PositiveIntegerField(default=0)

    response_met = models.BooleanField(null=True)
    response_due_at = models.DateTimeField(null=True)
    response_ms = models.BigIntegerField(null=True)
    resolution_met = models.BooleanField(null=True)
    resolution_due_at = models.DateTimeField(null=True)
    resolution_ms = models.BigIntegerField(null=True)
    acceptance_stopped = models.PositiveSmallIntegerField(default=0)
    acceptance_met = models.PositiveSmallIntegerField(default=0)
    acceptance_due_at = models.DateTimeField(null=True)
    arrival_met = models.BooleanField(null=True)
    arrival_due_at = models.DateTimeField(null=True)
    feedback_met = models.BooleanField(null=True)
    feedback_due_at = models.DateTimeField(null=True)

    objects = TicketFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("figures of a ticket")
        verbose_name_plural = _("figures of tickets")
        indexes = [
            models.Index(fields=["partner", "quarter"], name="fact_partner_quarter"),
            models.Index(fields=["customer", "quarter"], name="fact_customer_quarter"),
            models.Index(fields=["quarter", "counted"], name="fact_quarter"),
            models.Index(fields=["received_on"], name="fact_day"),
        ]

    def __str__(self) -> str:
        return str(self.ticket_id)
