"""Draw outlets at random and plan their inspections, such that anybody can repeat the draw (I05, R182)."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import checked, signed_by
from partners.actions.outlet_inspection_plan import plan
from partners.choices.outlet_inspection import InspectionKind
from partners.models import CheckList, Outlet, OutletDraw
from partners.queries import outlet_inspection as inspections
from partners.rules import outlet_inspection as rules
from partners.rules import outlet_inspection_draw as drawing
from partners.verbs import outlet_inspection as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import entries_for, record
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, Refused
from portal.numbering.take import next_number


def draw(actor: Actor, row: OutletDraw, inspector: User | None = None) -> OutletDraw:
    """Take the sample of an unsaved draw and plan an inspection of each outlet. Raises Refused or InvalidInput.

    The seed is made here, 128 random bits: whoever could choose it would choose the outlets (I05, R182). Population,
    seed and sample are kept and stand in the journal; a draw that repeats another of its quarter needs a reason.
    """
    if actor.role not in rules.BRAND_SIDE:
        raise Refused(_("Brand managers do this."))
    with transaction.atomic():
        row.number = next_number("outlet_draw", "CJ", clock.now())
        row.seed = secrets.token_hex(16)
        row.drawn_at, row.drawn_by = clock.now(), User.objects.get(pk=actor.user_id)
        outlets = list(inspections.population(actor, **filters_of(row)))
        if not outlets:
            raise InvalidInput(_("No outlet fits these filters: widen them."), field="regions")
        row.population = [outlet.code for outlet in outlets]
        row.sample = row.again()
        _settle_repetition(row)
        checked(row)
        verb = verbs.DRAWN_AGAIN if row.repeats else verbs.DRAWN
        signed_by(actor, row, verb.code).save(force_insert=True)
        facts = {
            "size": len(row.sample),
            "population": len(row.population),
            "digest": drawing.digest(row.population),
            "seed": row.seed,
            "sample": row.sample,
        }
        if row.repeats:
            facts |= {"repeats": row.repeats.number, "reason": row.reason}
        record(row, verb.code, actor, facts=facts)
        _plan(actor, row, outlets, inspector)
    return row


def filters_of(row: OutletDraw) -> dict[str, Any]:
    """The filters of a draw, as the query of its population takes them."""
    names = ("regions", "channel_types", "tiers", "not_since")
    return {name: getattr(row, name) for name in names}


def verify(row: OutletDraw) -> list[str]:
    """Draw again and compare with the row and with the journal; answers what differs, nothing where all agrees."""
    wrong = []
    if row.again() != row.sample:
        wrong.append(_("The sample is not what seed and population give."))
    entry = entries_for(row).filter(verb__in=(verbs.DRAWN.code, verbs.DRAWN_AGAIN.code)).first()
    if entry is None:
        return [*wrong, _("The journal knows nothing of this draw.")]
    kept = entry.facts
    if kept["digest"] != drawing.digest(row.population) or kept["seed"] != row.seed:
        wrong.append(_("Seed or population are not those that the journal keeps."))
    if kept["sample"] != row.sample:
        wrong.append(_("The sample is not the one that the journal keeps."))
    return wrong


def _settle_repetition(row: OutletDraw) -> None:
    """A draw out of the same pot in the same quarter says which one it repeats and why; without one there is no why."""
    # Two draws at once would each be the first: the list is the one thing that both of them need.
    CheckList.objects.select_for_update().get(pk=row.check_version.check_list_id)
    row.repeats = inspections.drawn_before(row.check_version.check_list, row.planned_on, row.population)
    row.reason = row.reason.strip() if row.repeats else ""
    if row.repeats and not row.reason:
        raise InvalidInput(asked_again(row.repeats), field="reason")
    if row.repeats and row.reason == row.repeats.reason:  # the button was pressed twice, or the why of another draw
        told = _("%(number)s was drawn for this reason already: say why it is drawn once more.")
        raise InvalidInput(told % {"number": row.repeats.number}, field="reason")


def asked_again(earlier: OutletDraw) -> str:
    """What is said to whoever repeats a draw without a reason."""
    words = _("Draw %(number)s chose from these outlets for the same quarter already: say why it is drawn again.")
    return words % {"number": earlier.number}


def _plan(actor: Actor, row: OutletDraw, outlets: list[Outlet], inspector: User | None) -> None:
    known = {outlet.code: outlet for outlet in outlets}
    for code in row.sample:
        plan(
            actor,
            known[code],
            row.check_version.check_list,
            row.planned_on,
            kind=InspectionKind.RANDOM,
            inspector=inspector,
            draw=row,
        )
