"""PartRequest: somebody waits for parts, with a promised day (R086, R090, R180)."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from partners.models import Outlet, SparePart
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.querysets import ScopedQuerySet, in_regions
from portal.accounts.roles import Role
from portal.kernel import clock
from portal.kernel.verdict import Verdict
from tickets.choices.part_request import OPEN_REQUEST, RequestState
from tickets.models.ticket import Ticket
from tickets.rules import part_request as rules


class PartRequestQuerySet(ScopedQuerySet):
    """Brand: all or their regions; partner: his own; technician: what he asked for, and what his tickets wait for."""

    def scope(self, actor: Actor) -> "PartRequestQuerySet":
        if actor.is_brand or actor.is_auditor:
            return in_regions(self, actor, "outlet__region")
        if not actor.is_partner:
            return self.none()
        own = self.filter(outlet__partner__organisation_id=actor.organisation_id)
        if actor.role != Role.TECHNICIAN:
            return own
        mine = models.Q(requested_by_id=actor.user_id) | models.Q(ticket__owner__user_id=actor.user_id)
        return own.filter(mine)

    def open(self) -> "PartRequestQuerySet":
        """Somebody still waits."""
        return self.filter(state__in=OPEN_REQUEST)

    def overdue(self) -> "PartRequestQuerySet":
        """Still awaited when the promised day has passed."""
        return self.open().filter(promised_until__lt=clock.today())


class PartRequest(models.Model):
    """So many of one part for an outlet, mostly for a ticket."""

    number = models.CharField(_("Request number"), max_length=40, unique=True)
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, null=True, blank=True, related_name="part_requests", verbose_name=_("Ticket")
    )
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="part_requests", verbose_name=_("Outlet"))
    part = models.ForeignKey(SparePart, models.PROTECT, related_name="requests", verbose_name=_("Spare part"))
    quantity = models.PositiveIntegerField(_("Quantity"), validators=[MinValueValidator(1)])
    note = models.CharField(_("Note"), max_length=500, blank=True)
    state = models.CharField(
        _("State"), max_length=10, choices=RequestState.choices, default=RequestState.REQUESTED, db_index=True
    )
    requested_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Requested by")
    )
    author = models.CharField(_("Requested by"), max_length=120)
    requested_at = models.DateTimeField(_("Requested at"))
    promised_at = models.DateTimeField(_("Promised at"), null=True, blank=True)
    #: The first promise: the figure is about it, whatever was announced later.
    promised_until = models.DateField(_("Promised for"), null=True, blank=True)
    expected_on = models.DateField(_("Expected on"), null=True, blank=True)
    shipped_at = models.DateTimeField(_("Sent at"), null=True, blank=True)
    supplied_at = models.DateTimeField(_("Supplied at"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("Withdrawn at"), null=True, blank=True)
    cancel_reason = models.CharField(_("Reason of withdrawal"), max_length=500, blank=True)
    late_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: Of the form that was sent: a second sending asks for nothing more.
    request_key = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001  null spares rows

    history = HistoricalRecords()
    objects = PartRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("part request")
        verbose_name_plural = _("part requests")
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["promised_at"], name="part_request_promised")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1),
                name="part_request_asks_for_something",
                violation_error_message=_("Ask for one piece at least."),
            ),
            models.CheckConstraint(
                condition=models.Q(promised_at=None, promised_until=None)
                | models.Q(promised_at__isnull=False, promised_until__isnull=False),
                name="part_request_promise_has_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RequestState.SUPPLIED) | models.Q(supplied_at__isnull=False),
                name="part_request_supplied_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RequestState.CANCELLED)
                | (models.Q(cancelled_at__isnull=False) & ~models.Q(cancel_reason="")),
                name="part_request_withdrawn_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REQUEST

    @property
    def is_late(self) -> bool:
        """After the promised day, supplied or not."""
        return rules.is_late(self.state, self.promised_until, self.supplied_at, clock.today())

    def verdict(self, actor: Actor, step: str) -> Verdict:
        """Whether this actor may make this step now."""
        return rules.may(actor.role, step, self.state)

    def become(self, state: RequestState) -> None:
        """Only `tickets.actions.part_request` calls this; it asks and journals."""
        self.state = state
