"""Calendars that a partner's people may look at: their own, their outlets' and the brand's."""

from partners.models import Outlet, Partner
from portal.accounts.actor import Actor
from portal.worktime.models import BRAND, Calendar


def calendars_for(actor: Actor) -> list[Calendar]:
    """Those in force that count for this partner, his own first."""
    named = {
        *Partner.objects.visible_to(actor).values_list("calendar", flat=True),
        *Outlet.objects.visible_to(actor).values_list("calendar", flat=True),
    }
    rows = Calendar.objects.filter(edition__gt=0)
    found = {row.pk: row for row in rows.filter(code__in=[code for code in named if code])}
    found |= {row.pk: row for row in rows.visible_to(actor)}
    return sorted(found.values(), key=lambda row: (row.code == BRAND, row.code))
