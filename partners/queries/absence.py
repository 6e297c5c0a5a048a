"""Absences of a partner's people, for the page and its tile."""

from partners.models import Absence, Staff
from partners.models.absence import AbsenceQuerySet
from portal.accounts.actor import Actor
from portal.kernel import clock


def absences_of(actor: Actor, *, over: bool = False) -> AbsenceQuerySet:
    """Those that last or come, the nearest first; or those that are over, the newest first."""
    rows = Absence.objects.visible_to(actor).select_related("staff__outlet", "deputy")
    now = clock.now()
    return (
        rows.filter(until__lte=now).order_by("-until") if over else rows.filter(until__gt=now).order_by("since", "pk")
    )


def away_now(actor: Actor) -> int:
    """How many are absent at this moment."""
    return Absence.objects.visible_to(actor).at(clock.now()).count()


def people(actor: Actor) -> "list[Staff]":
    """Whom an absence can be noted of, and who can stand in."""
    rows = Staff.objects.visible_to(actor).filter(active=True).select_related("outlet")
    return list(rows.order_by("outlet__code", "name"))
