"""Every import and export stands in the journal of the person who made it, before the file leaves (F05, F07)."""

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
ASKED = verbs.register(
    "export_asked",
    _("Large export asked for"),
    _("%(actor)s asked for %(rows)s rows of “%(sheet)s”; filter: %(filter)s; purpose: %(purpose)s"),
    icon="hourglass",
    colour="purple",
)
FETCHED = verbs.register(
    "export_fetched",
    _("Export downloaded"),
    _("%(actor)s downloaded the export of %(rows)s rows of “%(sheet)s” from %(address)s"),
    icon="download",
    colour="purple",
)
CANCELLED = verbs.register(
    "export_cancelled", _("Export cancelled"), _("%(actor)s cancelled the export of “%(sheet)s”"), icon="x"
)
FAILED = verbs.register(
    "export_failed",
    _("Export failed"),
    _("The export of “%(sheet)s” could not be made: %(reason)s"),
    icon="alert-triangle",
    colour="red",
)
EXPIRED = verbs.register(
    "export_expired",
    _("Export deleted"),
    _("The file of the export of “%(sheet)s” was deleted; its time was over"),
    icon="trash",
)


def note(verb: verbs.Verb, actor: Actor, facts: Mapping[str, Any], person: int | None = None) -> JournalEntry:
    """Write the entry under a lock on the person's row, so that his chain does not fork; the person is the actor
    unless the portal itself acts."""
    with transaction.atomic():
        row = User.objects.select_for_update().get(pk=person or actor.user_id)
        return record(row, verb.code, actor, facts=facts)


def exported(page: Any, sheet: Any, wishes: Mapping[str, Any], *, rows: int, digest: str) -> dict[str, Any]:
    """What the entry of an export says. `wishes`: kind, purpose, masked and filter."""
    masked = wishes["masked"]
    return {
        **named(page.opts),
        "rows": rows,
        "columns": [column.column_name for column in sheet.columns],
        "filter": wishes["filter"],
        "purpose": wishes["purpose"],
        "personal": str(_("none") if not sheet.has_personal_data else _("masked") if masked else _("in full")),
        "masked": masked,
        "kind": wishes["kind"],
        "sha256": digest,
    }


def named(opts: Any) -> dict[str, str]:
    """Which list or sheet it is."""
    return {"sheet": str(opts.verbose_name_plural), "model": opts.label_lower}
