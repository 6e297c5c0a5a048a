"""Draw outlets at random and plan their inspections, such that anybody can repeat the draw (I05, R182)."""

import secrets
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from partners.actions.base import checked, signed_by
from partners.actions.outlet_inspection_plan import plan
from partners.choices.outlet_inspection import InspectionKind
from partners.models import Outlet, OutletDraw
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

    An empty seed is filled with 128 random bits. Population, seed and sample are kept and stand in the journal.
    """
    if actor.role not in rules.BRAND_SIDE:
        raise Refused(_("Brand managers do this."))
    with transaction.atomic():
        row.number = next_number("outlet_draw", "CJ", clock.now())
        row.seed = row.seed.strip() or secrets.token_hex(16)
        row.drawn_at, row.drawn_by = clock.now(), User.objects.get(pk=actor.user_id)
        outlets = list(inspections.population(actor, **filters_of(row)))
        if not outlets:
            raise InvalidInput(_("No outlet fits these filters: widen them."), field="regions")
        row.population = [outlet.code for outlet in outlets]
        row.sample = row.again()
        checked(row)
        signed_by(actor, row, verbs.DRAWN.code).save(force_insert=True)
        facts = {
            "size": len(row.sample),
            "population": len(row.population),
            "digest": drawing.digest(row.population),
            "seed": row.seed,
            "sample": row.sample,
        }
        record(row, verbs.DRAWN.code, actor, facts=facts)
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
    entry = entries_for(row).filter(verb=verbs.DRAWN.code).first()
    if entry is None:
        return [*wrong, _("The journal knows nothing of this draw.")]
    kept = entry.facts
    if kept["digest"] != drawing.digest(row.population) or kept["seed"] != row.seed:
        wrong.append(_("Seed or population are not those that the journal keeps."))
    if kept["sample"] != row.sample:
        wrong.append(_("The sample is not the one that the journal keeps."))
    return wrong


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
