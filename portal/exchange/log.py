"""Every import and export stands in the journal of the person who made it, before the file leaves (F05)."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal import verbs
from portal.journal.log import record
from portal.journal.models import JournalEntry

EXPORTED = verbs.register(
    "sheet_exported",
    _("Sheet exported"),
    _(
        "%(actor)s exported %(rows)s rows of “%(sheet)s”; filter: %(filter)s; personal data: %(personal)s; "
        "purpose: %(purpose)s"
    ),
    icon="download",
    colour="purple",
)
IMPORTED = verbs.register(
    "sheet_imported",
    _("Sheet imported"),
    _("%(actor)s imported “%(file)s” into “%(sheet)s”: %(new)s new, %(changed)s changed, %(unchanged)s unchanged"),
    icon="upload",
    colour="blue",
)


def note(verb: verbs.Verb, actor: Actor, facts: Mapping[str, Any]) -> JournalEntry:
    """Write the entry under a lock on the person's row, so that his chain does not fork."""
    with transaction.atomic():
        person = User.objects.select_for_update().get(pk=actor.user_id)
        return record(person, verb.code, actor, facts=facts)
