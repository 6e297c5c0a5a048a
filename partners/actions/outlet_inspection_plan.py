"""Plan outlet inspections, give them to somebody, order re-checks (R182, I05)."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import held, require, signed_by
from partners.choices.outlet_inspection import InspectionKind, InspectionState
from partners.models import CheckList, CheckVersion, Outlet, OutletInspection
from partners.notices import outlet_inspection as notices
from partners.queries import outlet_inspection as inspections
from partners.queries.people import department
from partners.rules import outlet_inspection as rules
from partners.verbs import outlet_inspection as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.journal.log import record
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused
from portal.numbering.take import next_number
from portal.workflow.corridor import Step, perform


def plan(
    actor: Actor,
    outlet: Outlet,
    check_list: CheckList,
    planned_on: date,
    *,
    kind: str = InspectionKind.PLANNED,
    inspector: User | None = None,
    note: str = "",
    draw: Any = None,
    row: OutletInspection | None = None,
) -> OutletInspection:
    """An inspection of an outlet by the list as it holds on that day. Raises Refused or InvalidInput.

    `row` is an unsaved one to be filled, where a form holds it. Of a regular one the partner is told.
    """
    if actor.role not in rules.inspectors(kind):
        raise Refused(_("Your role does not plan such an inspection."))
    if not Outlet.objects.visible_to(actor).filter(pk=outlet.pk, active=True).exists():
        raise Refused(_("This outlet is not in your regions, or not active."))
    if planned_on < clock.today():
        raise InvalidInput(_("Choose today or a later day."), field="planned_on")
    version = inspections.in_force(check_list, planned_on)
    if version is None:
        raise InvalidInput(_("No version of this list is in force on that day."), field="check_list")
    _check_inspector(inspector, outlet, kind)
    with transaction.atomic():
        made = row or OutletInspection()
        made.number = next_number("outlet_inspection", "JC", clock.now())
        made.outlet, made.check_version, made.kind, made.planned_on = outlet, version, kind, planned_on
        made.inspector, made.note, made.draw = inspector, note.strip(), draw
        signed_by(actor, made, verbs.PLANNED.code).save()
        facts = {"outlet": outlet.name, "planned_on": planned_on, "kind": kind, "list": str(version)}
        record(made, verbs.PLANNED.code, actor, facts=facts)
        notices.tell_announced(made, "inspection.planned")
        notices.tell_inspector(made, actor)
    return made


def assign(
    actor: Actor, inspection: OutletInspection, inspector: User, planned_on: date, **corridor: Any
) -> OutletInspection:
    """Somebody else goes there, or on another day. Raises Refused, Conflict or InvalidInput."""

    def change(step: Step) -> None:
        row = step.row
        _check_inspector(inspector, row.outlet, row.kind)
        if planned_on != row.planned_on and planned_on < clock.today():
            raise InvalidInput(_("Choose today or a later day."), field="planned_on")
        row.assign_inspection()
        moved, given = planned_on != row.planned_on, inspector.pk != row.inspector_id
        row.inspector, row.planned_on = inspector, planned_on
        if moved:
            # By the list as it holds on the new day; a re-check asks what was asked the first time.
            row.check_version = _version_for(row, planned_on)
            notices.tell_announced(row, "inspection.moved")
        if given:
            notices.tell_inspector(row, actor)
        step.facts = {"inspector": str(inspector), "planned_on": planned_on}

    return step_through(actor, inspection, "assign_inspection", change, **corridor)


def _version_for(row: OutletInspection, day: date) -> CheckVersion:
    if row.kind == InspectionKind.RE_CHECK:
        return row.check_version
    return inspections.in_force(row.check_version.check_list, day) or row.check_version


def order_re_check(
    actor: Actor, inspection: OutletInspection, planned_on: date, inspector: User | None = None
) -> OutletInspection:
    """Go there again for the findings that are not settled, and for nothing else.

    Raises Refused, Conflict or InvalidInput.
    """
    with transaction.atomic():
        row = held(actor, inspection, verbs.RE_CHECK_ORDERED.code)
        require(rules.may_re_check(actor.role, row.state))
        left = inspections.unsettled(row).count()
        if not left:
            raise Conflict(_("Every finding of this inspection is settled: there is nothing to re-check."))
        if planned_on < clock.today():
            raise InvalidInput(_("Choose today or a later day."), field="planned_on")
        _check_inspector(inspector, row.outlet, InspectionKind.RE_CHECK)
        if row.re_checks.filter(state__in=[InspectionState.PLANNED, InspectionState.UNDER_WAY]).exists():
            raise Conflict(_("A re-check is planned already."))
        made = OutletInspection(
            number=next_number("outlet_inspection", "JC", clock.now()),
            outlet=row.outlet,
            check_version=row.check_version,
            kind=InspectionKind.RE_CHECK,
            planned_on=planned_on,
            inspector=inspector,
            origin=row,
        )
        signed_by(actor, made, verbs.RE_CHECK_ORDERED.code).save()
        facts = {"outlet": row.outlet.name, "planned_on": planned_on, "kind": made.kind, "list": str(row.check_version)}
        record(made, verbs.PLANNED.code, actor, facts=facts)
        facts = {"number": made.number, "items": left, "planned_on": planned_on}
        record(row, verbs.RE_CHECK_ORDERED.code, actor, facts=facts)
        notices.tell_announced(made, "inspection.planned")
        notices.tell_inspector(made, actor)
    return made


def step_through(
    actor: Actor, inspection: OutletInspection, name: str, change: Any, **corridor: Any
) -> OutletInspection:
    """Through the corridor, for rows in the actor's sight. Raises Refused or Conflict."""
    if not OutletInspection.objects.all().visible_to(actor).filter(pk=inspection.pk).exists():
        raise Refused(_("This row is not in your regions."))
    row: OutletInspection = perform(actor, inspection, name, change, **corridor)
    return row


def _check_inspector(inspector: User | None, outlet: Outlet, kind: str) -> None:
    if inspector is not None and kind != InspectionKind.SELF:
        if inspector not in department([Role.BRAND_MANAGER], outlet.region):
            raise InvalidInput(_("The inspector must be a brand manager of this region."), field="inspector")
