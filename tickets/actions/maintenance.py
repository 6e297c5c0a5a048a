"""Periodic inspections: visits laid out ahead, tickets when they fall due (R191)."""

import logging
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, PortalError, Refused
from portal.workflow.corridor import lock_row
from tickets.actions import dispatch, intake, request
from tickets.choices import Category, Channel, Department, Urgency
from tickets.choices.maintenance import VisitState
from tickets.models import MaintenancePlan, MaintenanceVisit, Ticket
from tickets.rules.maintenance import AHEAD, due_days, opens_on
from tickets.rules.verbs import maintenance as verbs

logger = logging.getLogger(__name__)
SCHEDULE = Actor.system("schedule")


def save_plan(actor: Actor, plan: MaintenancePlan) -> MaintenancePlan:
    """Write a plan and lay its visits out; those that are no ticket yet follow the changed plan. Raises Refused."""
    if not (actor.is_desk or actor.is_system):
        raise Refused(_("Only the service desk plans inspections."))
    with transaction.atomic():
        plan._history_user = User(pk=actor.user_id) if actor.user_id else None
        plan.save()
        facts = {"months": plan.months, "first_day": plan.first_day, "active": plan.active}
        record(plan, verbs.PLANNED.code, actor, facts=facts)
        lay_out(plan, clock.today(), anew=True)
    return plan


def lay_out(plan: MaintenancePlan, today: date, *, anew: bool = False) -> int:
    """Put the visits of the coming year into the calendar; answers how many were new.

    `anew` drops those that the plan no longer names and that are no ticket yet. Days before the plan was written are
    not made up.
    """
    with transaction.atomic():
        row: MaintenancePlan = lock_row(plan)
        last = min(filter(None, (row.ends_on, today + AHEAD)))
        days = set(due_days(row.first_day, row.months, row.created_on, last)) if row.active else set()
        known = {visit.due_on: visit for visit in row.visits.all()}
        if anew:
            for day, visit in known.items():
                if day not in days and visit.state == VisitState.PLANNED:
                    visit.delete()
        fresh = [MaintenanceVisit(plan=row, due_on=day) for day in sorted(days - known.keys())]
        for visit in fresh:
            visit.save()
    return len(fresh)


def turn_over() -> dict[str, int]:
    """What the day owes: the calendar of a year ahead, and a ticket for each visit that falls due. For the schedule."""
    today = clock.today()
    plans = MaintenancePlan.objects.filter(active=True).select_related("equipment", "agreement")
    laid = sum(lay_out(plan, today) for plan in plans)
    waiting = MaintenanceVisit.objects.filter(state=VisitState.PLANNED, plan__active=True, due_on__lte=today + _MOST)
    opened = sum(open_visit(visit, today) for visit in waiting.select_related("plan"))
    return {"laid_out": laid, "opened": opened}


#: No plan has a longer lead time.
_MOST = timedelta(days=180)


def open_visit(visit: MaintenanceVisit, today: date) -> bool:
    """Make the visit a ticket when its lead time has come: once, whoever asks, also two schedules at the same time."""
    try:
        with transaction.atomic():
            row: MaintenanceVisit = lock_row(visit)
            if row.state != VisitState.PLANNED or opens_on(row.due_on, row.plan.lead_days) > today:
                return False
            ticket = _ticket_for(row)
            row.ticket, row.obstacle = ticket, ""
            row.become(VisitState.TICKETED)
            row.save()
            facts = {"plan": row.plan.number, "due_on": row.due_on, "ticket": ticket.number}
            record(row.plan.equipment or row.plan, verbs.OPENED.code, SCHEDULE, facts=facts)
    except InvalidInput as error:
        logger.warning("visit %s became no ticket: %s", visit.pk, error.message)
        MaintenanceVisit.objects.filter(pk=visit.pk).update(obstacle=str(error.message)[:200])
        return False
    _dispatch(ticket, row)
    return True


def call_off(actor: Actor, visit: MaintenanceVisit, reason: str) -> MaintenanceVisit:
    """A planned visit does not take place. Raises Refused, Conflict or InvalidInput."""
    if not (actor.is_desk or actor.is_system):
        raise Refused(_("Only the service desk plans inspections."))
    if not reason.strip():
        raise InvalidInput(_("Say why the inspection is called off."), field="reason")
    with transaction.atomic():
        row: MaintenanceVisit = lock_row(visit)
        if row.state != VisitState.PLANNED:
            raise Conflict(_("The visit is “%(state)s” now.") % {"state": row.get_state_display()})
        row._history_user = User(pk=actor.user_id) if actor.user_id else None
        row.become(VisitState.SKIPPED)
        row.findings = reason
        row.save()
        record(row.plan, verbs.CALLED_OFF.code, actor, facts={"due_on": row.due_on, "reason": reason})
    return row


def _ticket_for(visit: MaintenanceVisit) -> Ticket:
    plan = visit.plan
    customer, equipment = plan.customer, plan.equipment
    contact = customer.contacts.order_by("-primary", "pk").first()
    if contact is None:
        raise InvalidInput(_("The customer has no contact person: add one, then the ticket is opened."))
    title = _("Periodic inspection due on %(day)s") % {"day": visit.due_on.isoformat()}
    told: dict[str, Any] = {
        "customer": customer,
        "contact": contact,
        "customer_name": customer.name,
        "contact_name": contact.name,
        "contact_phone": contact.phone,
        "contact_email": contact.email,
        "region": customer.region,
        "address": equipment.address if equipment and equipment.address else customer.address,
        "product_line": equipment.product_line if equipment else None,
        "product_model": equipment.model if equipment else plan.agreement.product_name,
        "serial_number": equipment.serial_number if equipment else "",
        "equipment": equipment,
        "description": plan.instructions or title,
    }
    key = f"maintenance-{plan.pk}-{visit.due_on}"
    ticket = request.receive(
        SCHEDULE, key=key, channel=Channel.MAINTENANCE, title=title, language=contact.language, **told
    )
    ticket.source_due_at = clock.end_of(visit.due_on)
    ticket._change_reason = "maintenance"
    ticket.save(update_fields=["source_due_at"])
    agreement = {"agreement": plan.agreement} if plan.agreement else {}
    return intake.register(  # type: ignore[no-any-return]
        SCHEDULE,
        ticket,
        category=Category.MAINTENANCE,
        urgency=Urgency.LOW,
        first_opinion=_("Periodic inspection of plan %(plan)s.") % {"plan": plan.number},
        **{**told, "product_model": told["product_model"] or "—"},
        **agreement,
    )


def _dispatch(ticket: Ticket, visit: MaintenanceVisit) -> None:
    """To the usual outlet, if it may take it; otherwise the desk finds one."""
    outlet = visit.plan.outlet
    if outlet is None:
        return
    try:
        dispatch.dispatch(SCHEDULE, ticket, outlet, Department.TECHNICAL)
    except PortalError as error:
        logger.info("inspection %s waits for the desk: %s", ticket.number, error.message)
