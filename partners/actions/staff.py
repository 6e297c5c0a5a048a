"""What happens to staff when their accounts move."""

from partners.models import Staff
from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, User


def part_from(actor: Actor, user: User, organisation: Organisation) -> int:
    """Take the account off staff rows of other partners, so that no door stays open there (A14); answers how many."""
    rows = Staff.objects.filter(user=user).exclude(outlet__partner__organisation=organisation)
    for row in rows:
        row.user, row.on_duty, row.active = None, False, False
        row._history_user = User(pk=actor.user_id) if actor.user_id else None
        row._change_reason = "account moved"
        row.save(update_fields=["user", "on_duty", "active"])
    return len(rows)
