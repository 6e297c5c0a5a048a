"""Ask for a large export, cancel it, fetch it: each is one entry in the person's service log (F05, F07, O05)."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.accounts.actor import Actor
from portal.accounts.models import Organisation, User
from portal.exchange import limits, log, rights, store
from portal.exchange.making import make_export
from portal.exchange.models import ExportJob, ExportState
from portal.kernel import clock
from portal.kernel.errors import Conflict, Refused
from portal.workflow.corridor import lock_row


def ask(actor: Actor, page: Any, rows: int, wishes: Mapping[str, Any]) -> ExportJob:
    """Queue the making. `wishes`: kind, purpose, masked, filter. The caller asked for the right and the password.

    Raises Conflict where the person or his organisation has as many under way as is allowed (O05).
    """
    person = User.objects.get(pk=actor.user_id)
    now = clock.now()
    with transaction.atomic():
        organisation = lock_row(Organisation(pk=actor.organisation_id))
        _within_caps(person, organisation)
        job = ExportJob.objects.create(
            person=person,
            organisation=organisation,
            model=page.opts.label_lower,
            language=get_language() or settings.LANGUAGE_CODE,
            expected=rows,
            session=rights.session_of(person),
            requested_at=now,
            touched_at=now,
            **wishes,
        )
        log.note(log.ASKED, actor, {**log.named(page.opts), "rows": rows, "export": job.pk, **wishes})
        make_export.enqueue(job.pk)
    return job


def _within_caps(person: User, organisation: Organisation) -> None:
    waiting = ExportJob.objects.waiting()
    if waiting.filter(person=person).count() >= limits.EXPORTS_A_PERSON:
        told = _("You have %(n)d exports under way: wait until one is ready, or cancel one under “My exports”.")
        raise Conflict(told % {"n": limits.EXPORTS_A_PERSON})
    if waiting.filter(organisation=organisation).count() >= settings.EXPORTS_AN_ORGANISATION:
        words = {"organisation": organisation.short_name, "n": settings.EXPORTS_AN_ORGANISATION}
        raise Conflict(
            _("%(organisation)s has %(n)d exports under way, as many as are allowed at a time: try again later,"
              " or narrow the filter.") % words
        )  # fmt: skip


def cancel(actor: Actor, job: ExportJob) -> ExportJob:
    """The worker stops at its next portion. Raises Refused or, where nothing is left to stop, Conflict."""
    if actor.user_id != job.person_id:
        raise Refused(_("Only who asked for an export cancels it."))
    with transaction.atomic():
        row = lock_row(job)
        if not row.is_waiting:
            raise Conflict(_("This export is not under way any more: %(state)s.") % {"state": row.get_state_display()})
        row.state, row.finished_at = ExportState.CANCELLED, clock.now()
        row.save(update_fields=["state", "finished_at"])
        log.note(log.CANCELLED, actor, {**rights.named(row), "export": row.pk})
    return row


def fetch(actor: Actor, job: ExportJob, address: str) -> IO[bytes]:
    """The open file; who takes it, when and from where is on record before the first byte goes out (F05).

    Raises Refused where the person may not have it any more, Conflict where there is no file.
    """
    with transaction.atomic():
        row = lock_row(job)
        if not row.is_ready or row.is_over(clock.now()):
            raise Conflict(_("There is no file to fetch."))
        person = User.objects.get(pk=actor.user_id)
        verdict = rights.may_have(row, person, Actor.of(person))
        if actor.user_id != row.person_id or not verdict:
            raise Refused(verdict.reason)
        file = store.path_of(row.file).open("rb")
        try:
            facts = {**rights.named(row), "export": row.pk, "rows": row.rows, "sha256": row.sha256, "address": address}
            log.note(log.FETCHED, actor, facts)
        except BaseException:
            file.close()
            raise
    return file
