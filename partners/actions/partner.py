"""Make partners and change how they stand."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from partners import verbs
from partners.actions.base import locked, need_reason
from partners.choices import Standing
from partners.models import Partner
from partners.notices import contract as notices
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, OrganisationKind
from portal.journal.log import record
from portal.kernel.errors import Conflict, InvalidInput

#: What the apps above do about a new standing, in the same transaction: called with who, the partner and the reason.
AFTER_STANDING: list[Callable[[Actor, Partner, str], None]] = []


def give_organisation(partner: Partner) -> Organisation:
    """The organisation that the accounts of a new partner belong to (R105)."""
    partner.organisation = Organisation.objects.create(
        kind=OrganisationKind.PARTNER, code=partner.code, name=partner.name, short_name=partner.short_name
    )
    return partner.organisation


def set_standing(
    actor: Actor, partner: Partner, standing: str, reason: str, successor: Partner | None = None
) -> Partner:
    """Change the standing, with its reason and perhaps who succeeds. Raises Refused, InvalidInput, Conflict (R016).

    What each standing allows is the table of `partners.rules.standing`. The partner's managers are told. The open
    tickets of a partner that is terminated go to its successor at once (R137).
    """
    if standing not in Standing.values:
        raise InvalidInput(_("There is no such standing."), field="standing")
    need_reason(reason, _("Say why the standing changes."))
    if successor is not None and successor.pk == partner.pk:
        raise InvalidInput(_("A partner cannot succeed itself."), field="successor")
    with transaction.atomic():
        row = locked(actor, partner, reason)
        if row.standing == standing:
            raise Conflict(_("The partner already stands so."))
        facts = {"before": str(Standing(row.standing).label), "after": str(Standing(standing).label), "reason": reason}
        row.standing, row.successor = standing, successor or row.successor
        row.save(update_fields=["standing", "successor"])
        facts |= {"standing": standing, "successor": row.successor.code if row.successor else ""}
        record(row, verbs.STANDING_SET.code, actor, facts=facts)
        notices.tell_managers(row, "partner.standing", standing=facts["after"], reason=reason)
        for then in AFTER_STANDING:
            then(actor, row, reason)
    return row
