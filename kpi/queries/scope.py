"""Whom figures are about, and which facts and ratings that is for the person who asks."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from kpi.models import ReportScope
from partners.models import Partner
from portal.accounts.actor import Actor
from portal.accounts.roles import Role
from portal.kernel.errors import InvalidInput
from tickets.models import Customer, SatisfactionFeedback, TicketFact


@dataclass(frozen=True, slots=True)
class Scope:
    """One partner, one customer, or the whole brand (both empty)."""

    partner: Partner | None = None
    customer: Customer | None = None

    @property
    def kind(self) -> ReportScope:
        if self.partner:
            return ReportScope.PARTNER
        return ReportScope.CUSTOMER if self.customer else ReportScope.BRAND

    @property
    def code(self) -> str:
        """The code that commands take; empty for the brand."""
        subject = self.partner or self.customer
        return subject.code if subject else ""

    def __str__(self) -> str:
        return str(self.partner or self.customer or ReportScope.BRAND.label)


BRAND = Scope()


def find(kind: str, code: str, actor: Actor) -> Scope:
    """The scope of a code that this actor may see; InvalidInput in words for any other."""
    if kind == ReportScope.PARTNER:
        partner = Partner.objects.visible_to(actor).filter(code=code).first()
        if partner is None:
            raise InvalidInput(_("There is no partner with the code “%s”.") % code, field="partner")
        return Scope(partner=partner)
    if kind == ReportScope.CUSTOMER:
        customer = Customer.objects.visible_to(actor).filter(code=code).first()
        if customer is None:
            raise InvalidInput(_("There is no customer with the code “%s”.") % code, field="customer")
        return Scope(customer=customer)
    return BRAND


def facts(scope: Scope, actor: Actor) -> Any:
    """The fact rows of a scope that this actor may count; cancelled ones and duplicates are no facts."""
    rows = TicketFact.objects.filter(counted=True).filter(reach(actor))
    if scope.partner:
        return rows.filter(partner=scope.partner)
    return rows.filter(customer=scope.customer) if scope.customer else rows


def reach(actor: Actor) -> Q:
    """What of the facts an actor counts: the rule of `Ticket.objects.visible_to`, on the fact's own columns (A03)."""
    if actor.is_system:
        return Q()
    if actor.is_brand or actor.is_auditor:
        return Q(region__in=actor.regions) if actor.regions else Q()
    if actor.role == Role.TECHNICIAN:
        return Q(partner__organisation_id=actor.organisation_id, owner__user_id=actor.user_id)
    return Q(partner__organisation_id=actor.organisation_id) if actor.is_partner else Q(pk__in=[])


def ratings(scope: Scope, actor: Actor) -> Any:
    """The ratings of a scope that count (rule 11); an anonymous one has a partner and no ticket, customer or region."""
    rows = SatisfactionFeedback.objects.filter(rating_reach(actor), counted=True)
    if scope.partner:
        return rows.filter(partner=scope.partner)
    return rows.filter(ticket__customer=scope.customer) if scope.customer else rows


def rating_reach(actor: Actor) -> Q:
    """The same reach for ratings."""
    if actor.is_system:
        return Q()
    if actor.is_brand or actor.is_auditor:
        here = Q(ticket__region__in=actor.regions) | Q(ticket=None, outlet__region__in=actor.regions)
        return here if actor.regions else Q()
    own = Q(partner__organisation_id=actor.organisation_id)
    if actor.role == Role.TECHNICIAN:
        return own & Q(ticket__owner__user_id=actor.user_id)
    return own if actor.is_partner else Q(pk__in=[])
