"""Note who is absent and who stands in, so that warnings reach somebody who is at work."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from partners.models import Absence, Staff
from partners.rules.absence import keeps_absences
from partners.verbs import absence as verbs
from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.journal.log import record
from portal.journal.verbs import Verb
from portal.kernel import clock
from portal.kernel.errors import Conflict, InvalidInput, Refused


def note(actor: Actor, staff: Staff, since: datetime, until: datetime, **more: Any) -> Absence:
    """A new absence; `more` may say reason, deputy and note. Raises Refused or InvalidInput."""
    return _write(actor, Absence(staff=staff, since=since, until=until, **more), verbs.ABSENCE_NOTED)


def change(actor: Actor, absence: Absence, **values: Any) -> Absence:
    """Other times, reason or deputy. Raises Refused, or InvalidInput for a time that is over."""
    for name, value in values.items():
        setattr(absence, name, value)
    return _write(actor, absence, verbs.ABSENCE_CHANGED)


def cancel(actor: Actor, absence: Absence) -> None:
    """Take back one that has not begun, or end one that lasts now. Raises Refused, or Conflict when it is over."""
    now = clock.now()
    if absence.until <= now:
        raise Conflict(_("This absence is over."))
    with transaction.atomic():
        _may(actor, absence.staff)
        _sign(actor, absence)
        record(absence.staff, verbs.ABSENCE_CANCELLED.code, actor, facts=_facts(absence))
        if absence.since < now:
            absence.until = now
            absence.save()
        else:
            absence.delete()


def _write(actor: Actor, absence: Absence, verb: Verb) -> Absence:
    with transaction.atomic():
        _may(actor, absence.staff)
        Staff.objects.select_for_update().get(pk=absence.staff_id)  # one at a time for each person
        try:
            absence.full_clean()
        except ValidationError as error:
            field, words = next(iter(error.message_dict.items()))
            raise InvalidInput(words[0], field=None if field == "__all__" else field) from error
        if absence.until <= clock.now():
            raise InvalidInput(_("This time is over already: an absence is noted while it lasts."), field="until")
        _sign(actor, absence)
        absence.save()
        record(absence.staff, verb.code, actor, facts=_facts(absence))
    return absence


def _may(actor: Actor, staff: Staff) -> None:
    verdict = keeps_absences(actor.role)
    if not verdict:
        raise Refused(verdict.reason)
    if not Staff.objects.visible_to(actor).filter(pk=staff.pk).exists():
        raise Refused(_("This person does not work for you."))


def _sign(actor: Actor, absence: Absence) -> None:
    absence._history_user = User(pk=actor.user_id) if actor.user_id else None


def _facts(absence: Absence) -> dict[str, Any]:
    deputy = absence.deputy.name if absence.deputy else ""
    return {"person": absence.staff.name, "since": absence.since, "until": absence.until, "deputy": deputy}
