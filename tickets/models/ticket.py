"""Ticket (工单): every service request, whatever channel it came in by (R055, R057)."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin
from simple_history.models import HistoricalRecords

from partners.choices import ServiceTier
from partners.models import Outlet, Partner, ProductLine, Staff
from partners.rules.standing import SHUT_OUT
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from portal.kernel.verdict import Verdict
from tickets import choices
from tickets.models.customer import Contact, Customer, Equipment, ServiceAgreement
from tickets.models.ticket_moves import TicketMoves
from tickets.rules import permission
from tickets.rules.transition import MOVES, OPEN


class TicketQuerySet(ScopedQuerySet):
    """Brand and auditor: all or their regions; partner: his own, until the cooperation ends; technician: his, and
    what he may take."""

    def scope(self, actor: Actor) -> "TicketQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor)
        if actor.is_customer:
            return self.filter(pk=actor.ticket_id)
        if not actor.is_partner:
            return self.none()
        own = self.filter(partner__organisation_id=actor.organisation_id).exclude(partner__standing__in=SHUT_OUT)
        if actor.role != Role.TECHNICIAN:
            return own
        # Subqueries in place of joins: no row comes twice, so no page has to sort everything to make rows distinct.
        person = Staff.objects.filter(user_id=actor.user_id)
        mine = models.Q(owner__in=person.values("pk"))
        waiting = models.Q(state=choices.TicketState.DISPATCHED, outlet__in=person.values("outlet"))
        return own.filter(mine | waiting)

    def open(self) -> "TicketQuerySet":
        """Neither closed nor cancelled."""
        return self.filter(state__in=OPEN)


class Ticket(TicketMoves, FSMModelMixin, models.Model):
    """One request and where it stands. Only `tickets.actions` write it, through the corridor."""

    number = models.CharField(_("Ticket number"), max_length=40, unique=True)
    state = FSMField(
        _("State"),
        default=choices.TicketState.RECEIVED,
        choices=choices.TicketState.choices,
        protected=True,
        max_length=24,
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    channel = models.CharField(_("Channel"), max_length=12, choices=choices.Channel.choices)
    category = models.CharField(_("Problem type"), max_length=16, choices=choices.Category.choices, blank=True)
    urgency = models.CharField(_("Urgency"), max_length=12, choices=choices.Urgency.choices, blank=True)
    tier = models.CharField(_("Service tier"), max_length=12, choices=ServiceTier.choices, default=ServiceTier.BASIC)
    title = models.CharField(_("Subject"), max_length=200)
    description = models.TextField(_("Problem description"), blank=True)

    customer = models.ForeignKey(
        Customer, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("Customer")
    )
    contact = models.ForeignKey(
        Contact, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("Contact")
    )
    customer_name = models.CharField(_("Customer name"), max_length=120, blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=60, blank=True, db_index=True)
    contact_phone = models.CharField(_("Contact telephone"), max_length=32, blank=True, db_index=True)
    contact_email = models.EmailField(_("E-mail"), blank=True)
    language = models.CharField(_("Language"), max_length=10, default="zh-hans")
    region = models.CharField(_("Region"), max_length=60, blank=True)
    address = models.CharField(_("Address"), max_length=200, blank=True)

    agreement = models.ForeignKey(
        ServiceAgreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("Service agreement"),
    )
    equipment = models.ForeignKey(
        Equipment, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("Equipment")
    )
    product_line = models.ForeignKey(ProductLine, models.PROTECT, null=True, blank=True, verbose_name=_("Product line"))
    product_model = models.CharField(_("Product model"), max_length=80, blank=True)
    serial_number = models.CharField(_("Serial number"), max_length=80, blank=True, db_index=True)
    contract_number = models.CharField(_("Contract number"), max_length=60, blank=True)
    warranty_until = models.DateField(_("Warranty until"), null=True, blank=True)
    warranty = models.CharField(
        _("Warranty"), max_length=8, choices=choices.WarrantyStatus.choices, default=choices.WarrantyStatus.UNKNOWN
    )

    registrar = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Registrar")
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("Partner")
    )
    first_partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("First receiver")
    )
    outlet = models.ForeignKey(
        Outlet, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("Outlet")
    )
    department = models.CharField(_("Department"), max_length=12, choices=choices.Department.choices, blank=True)
    owner = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="tickets", verbose_name=_("Responsible person")
    )
    complaint_about = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Complaint about")
    )
    mode = models.CharField(_("Way of service"), max_length=10, choices=choices.ServiceMode.choices, blank=True)
    support_level = models.PositiveSmallIntegerField(_("Level of support"), default=1)
    appointment_at = models.DateTimeField(_("Appointment"), null=True, blank=True)
    expected_at = models.DateTimeField(_("Expected to be done by"), null=True, blank=True)
    suspend_reason = models.CharField(
        _("Reason of suspension"), max_length=16, blank=True, choices=choices.SuspendReason.choices
    )

    received_at = models.DateTimeField(_("Received at"))
    registered_at = models.DateTimeField(_("Registered at"), null=True, blank=True)
    dispatched_at = models.DateTimeField(_("Dispatched at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("Accepted at"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("Arrived at"), null=True, blank=True)
    started_at = models.DateTimeField(_("Work started at"), null=True, blank=True)
    completed_at = models.DateTimeField(_("Completed at"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("Confirmed at"), null=True, blank=True)
    rated_at = models.DateField(_("Rated on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("Closed at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("Cancelled at"), null=True, blank=True)
    cancel_reason = models.CharField(
        _("Reason of cancellation"), max_length=12, blank=True, choices=choices.CancelReason.choices
    )
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicates", verbose_name=_("Duplicate of")
    )
    retention_until = models.DateField(_("Keep until"), null=True, blank=True)

    cycle = models.PositiveSmallIntegerField(_("Cycle"), default=1)
    rejections = models.PositiveSmallIntegerField(_("Rejections"), default=0)
    declines = models.PositiveSmallIntegerField(_("Declines"), default=0)
    next_due_at = models.DateTimeField(_("Due next"), null=True, blank=True)
    next_due_kind = models.CharField(
        _("What is due next"), max_length=20, blank=True, choices=choices.ClockKind.choices
    )

    policy_version = models.PositiveIntegerField(_("Policy version"), default=1, db_default=1, editable=False)
    request_key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001  null spares rows
    imported_from = models.CharField(_("Imported from"), max_length=80, blank=True)
    external_id = models.CharField(_("Number in the source"), max_length=120, blank=True)
    source_due_at = models.DateTimeField(_("Due time of the source"), null=True, blank=True)

    #: Asked for by every step: who may act on it, and whom to tell.
    LOCKED_WITH = ("partner", "owner", "outlet")

    history = HistoricalRecords()
    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_due_at"], name="ticket_queue"),
            models.Index(fields=["partner", "state", "next_due_at"], name="ticket_partner_queue"),
            models.Index(fields=["owner", "state", "next_due_at"], name="ticket_owner_queue"),
            models.Index(fields=["-received_at", "-id"], name="ticket_newest"),
            models.Index(fields=["next_due_at"], condition=models.Q(next_due_at__isnull=False), name="ticket_due"),
            models.Index(fields=["external_id"], name="ticket_external"),
            models.Index(fields=["customer", "-received_at"], name="ticket_of_customer"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["imported_from", "external_id"],
                condition=~models.Q(external_id=""),
                name="ticket_imported_once",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=choices.TicketState.values), name="ticket_state_exists"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=choices.TicketState.ACCEPTED)
                | models.Q(partner__isnull=False)
                | ~models.Q(imported_from=""),
                name="ticket_accepted_has_partner",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def step(self) -> "choices.TicketStep | None":
        """The one of the four steps that the state belongs to."""
        return choices.STEP_OF_STATE[choices.TicketState(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def verdict(self, actor: Actor, name: str) -> Verdict:
        """Whether this actor may make this transition now (tickets.rules.permission)."""
        return permission.may(actor, name, self.standing())

    def standing(self) -> permission.Standing:
        """What of the ticket decides who may act on it."""
        return permission.Standing(
            ticket_id=self.pk,
            state=self.state,
            category=self.category,
            region=self.region,
            organisation_id=self.partner.organisation_id if self.partner_id else None,
            owner_user_id=self.owner.user_id if self.owner_id else None,
            accused_user_id=self.complaint_about.user_id if self.complaint_about_id else None,
            begun=self.started_at is not None,
            partner_standing=self.partner.standing if self.partner_id else "",
            partner_name=self.partner.name if self.partner_id else "",
        )

    @staticmethod
    def transition_labels() -> list[tuple[str, Any]]:
        """Every transition with its label, in the order of the table."""
        return [(row.name, row.label) for row in MOVES.values()]
