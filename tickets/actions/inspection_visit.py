"""What an inspection ticket writes back to the visit and its equipment (R191)."""

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.workflow.corridor import lock_row
from tickets.choices.maintenance import VisitState
from tickets.models import MaintenanceVisit, Ticket
from tickets.rules.verbs import maintenance as verbs


def write_back(actor: Actor, ticket: Ticket, result: str, findings: str) -> None:
    """The work of an inspection ticket is done: result and findings stand with the visit and its equipment."""
    visit = MaintenanceVisit.objects.filter(ticket=ticket).select_related("plan__equipment").first()
    if visit is None:
        return
    row: MaintenanceVisit = lock_row(visit)
    row.result, row.findings, row.done_on = result, findings, clock.today()
    row.become(VisitState.DONE)
    row._history_user = User(pk=actor.user_id) if actor.user_id else None
    row.save()
    facts = {"plan": row.plan.number, "ticket": ticket.number, "result": result, "findings": findings}
    record(row.plan.equipment or row.plan, verbs.INSPECTED.code, actor, facts=facts)


def take_back(ticket: Ticket) -> None:
    """The customer rejected the work: the inspection is still to be done."""
    for row in MaintenanceVisit.objects.filter(ticket=ticket, state=VisitState.DONE):
        row.become(VisitState.TICKETED)
        row.result, row.done_on = "", None
        row.save()
