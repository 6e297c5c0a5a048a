"""Which diagnostic tools somebody can use for a ticket, and why not the others (R020)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from partners.choices.tool_grant import GrantState, ToolFunction
from partners.models import DiagnosticTool, Staff, ToolGrant, ToolUse
from partners.rules.tool_grant import SOON_DAYS, Case, ToolUser, may_use
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.verdict import Verdict

#: Grants that ended longer ago are told in the list of all, not beside a ticket.
TOLD_AFTER = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Offer:
    """One grant beside a ticket, and whether it can be used for it now."""

    grant: ToolGrant
    verdict: Verdict

    @property
    def functions(self) -> list[tuple[str, Any]]:
        """The granted functions as choices."""
        return [(name, ToolFunction(name).label) for name in ToolFunction.values if name in self.grant.open_functions]


def user_of(staff: Staff, line_id: int | None, today: date) -> ToolUser:
    """What the rules ask of the person: standing of his partner, certificate of the line."""
    certified = Staff.objects.filter(pk=staff.pk).certified_for(line_id, today).exists()
    return ToolUser(staff.pk, staff.outlet.partner.standing, certified)


def person_of(actor: Actor) -> Staff | None:
    """The member of staff behind the account."""
    rows = Staff.objects.filter(user_id=actor.user_id, active=True)
    return rows.select_related("outlet__partner").first() if actor.user_id else None


def whole(rows: QuerySet[ToolGrant]) -> QuerySet[ToolGrant]:
    """Grants with all that says what they cover."""
    named = rows.select_related("tool", "partner", "asked_by", "decided_by")
    return named.prefetch_related("people", "product_lines", "product_models", "tool__product_lines")


def offers(actor: Actor, case: Case) -> list[Offer]:
    """Every grant in sight with its verdict for the case, those that can be used first (R020)."""
    if not actor.is_partner:
        return []
    today = clock.today()
    rows = ToolGrant.objects.all().visible_to(actor).filter(state=GrantState.GRANTED)
    told = rows.filter(valid_until__gte=today - TOLD_AFTER)
    grants = list(whole(told).order_by("tool__name", "-valid_until"))
    # Asked last: most tickets have nothing of the kind, and their page should not pay for it.
    staff = person_of(actor) if grants else None
    if staff is None:
        return []
    user = user_of(staff, case.line, today)
    found = [Offer(grant, may_use(grant.covers(), user, case, today)) for grant in grants]
    return sorted(found, key=lambda offer: not offer.verdict)


def usable(actor: Actor, line: int | None, model: str = "") -> list[Offer]:
    """What the person can use now for a ticket of that product line and model; nothing where nothing is granted."""
    return [offer for offer in offers(actor, Case(line, model)) if offer.verdict]


def grants_of(actor: Actor) -> QuerySet[ToolGrant]:
    """The grants in sight, those that wait first, then the newest."""
    return whole(ToolGrant.objects.all().visible_to(actor)).order_by("-pk")


def tools_to_ask(actor: Actor) -> QuerySet[DiagnosticTool]:
    """Tools of the catalogue that suit a product line of the partner's outlets."""
    mine = Q(product_lines__outlet__partner__organisation_id=actor.organisation_id)
    return DiagnosticTool.objects.filter(mine | Q(product_lines=None), active=True).distinct()


def uses_of(actor: Actor, text: str = "", tool: str = "") -> QuerySet[ToolUse]:
    """The log in sight, narrowed by ticket, serial number, person or tool."""
    rows = ToolUse.objects.all().visible_to(actor)
    if tool.isascii() and tool.isdigit() and len(tool) < 10:
        rows = rows.filter(grant__tool=int(tool))
    for word in text.split():
        rows = rows.filter(
            Q(ticket_number__icontains=word)
            | Q(serial_number__icontains=word)
            | Q(staff__name__icontains=word)
            | Q(grant__tool__name__icontains=word)
            | Q(purpose__icontains=word)
        )
    return rows.select_related("grant__tool", "grant__partner", "staff__outlet", "outcome", "product_line")


def ending(today: date) -> Iterable[ToolGrant]:
    """Grants that end within the widest limit of warning."""
    rows = ToolGrant.objects.filter(state=GrantState.GRANTED, valid_until__gte=today)
    return list(rows.filter(valid_until__lte=today + timedelta(days=SOON_DAYS)).select_related("tool", "partner"))


def asked_count(actor: Actor) -> int:
    """How many requests in sight wait for a decision."""
    return ToolGrant.objects.all().visible_to(actor).filter(state=GrantState.ASKED).count()
