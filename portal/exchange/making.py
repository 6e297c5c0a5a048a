"""The worker makes an export: the same list, columns and masks as on the page, in portions (F09).

The keys of the rows are read first, then the rows a portion at a time. So no cursor and no snapshot of the database
stays open for minutes, a cancellation is seen between two portions, and nothing is locked while the file is written.
A row that changes meanwhile is shown as it is when its portion comes.
"""

import hashlib
import logging
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from portal.accounts.actor import Actor
from portal.accounts.models import User
from portal.exchange import limits, log, notices, rights, store, writing
from portal.exchange.models import ExportJob, ExportState
from portal.kernel import clock
from portal.kernel.errors import InvalidInput, PortalError, Refused
from portal.workflow.background import alive, claim
from portal.workflow.corridor import lock_row

logger = logging.getLogger(__name__)
#: Large exports have a worker of their own, so that no notice waits behind one.
QUEUE = "exports"
#: Rows of a portion; seconds between two signs of life.
PORTION, BEAT_S = 500, 1.0


class Stopped(Exception):
    """Cancelled, or taken up by another worker."""


@task(queue_name=QUEUE)
def make_export(pk: int) -> str:
    """What the worker does; the row says how far it is and what went wrong. Made once however often it is called."""
    row = ExportJob.objects.filter(pk=pk)
    if not claim(row, attempt=F("attempt") + 1, rows=0, progress=0):
        return "nothing to do"
    job = row.get()
    with translation.override(job.language):
        try:
            return _make(job)
        except Stopped:
            return "stopped"
        except PortalError as error:
            fail(job, str(error.message))
        except Exception:  # whatever it was, the row must say so and another one can be asked for
            logger.exception("export %s could not be made", job.pk)
            fail(job, _("An unexpected error: ask again, and tell the administrator if it comes again."))
    return "failed"


def _make(job: ExportJob) -> str:
    person, actor = _person(job)
    job.reach = rights.reach_of(actor)  # asked again at the end: what he is then must be what the rows were chosen for
    page, request = rights.page_of(job), rights.request_of(job, person, actor)
    sheet = page.exported(request)
    keys = list(sheet.rows(page._filtered(request)).values_list("pk", flat=True).iterator(chunk_size=10_000))
    if job.kind == "xlsx" and len(keys) > limits.ROWS_XLSX:
        raise InvalidInput(limits.too_many_for_xlsx(len(keys)))
    making = Making(job, sheet, keys)
    with store.new_file(job.kind) as (name, target):
        headers = [str(column.label) for column in sheet.columns]
        writing.write(job.kind, target, headers, making.lines(), scratch=store.folder())
        target.flush()
        target.seek(0)
        digest = hashlib.file_digest(target, "sha256").hexdigest()
        facts = log.exported(page, sheet, job.wishes, rows=making.done, digest=digest)
        _finish(job, name, target.seek(0, 2), facts)
    return "made"


class Making:
    """Rows on their way into the file, with signs of life."""

    def __init__(self, job: ExportJob, sheet: Any, keys: list[Any]) -> None:
        self.sheet, self.keys, self.masked = sheet, keys, job.masked
        self.row = mine(job)
        self.done, self.seen = 0, time.monotonic()

    def lines(self) -> Iterator[list[str]]:
        for start in range(0, len(self.keys), PORTION):
            self._look()
            keys = self.keys[start : start + PORTION]
            found = {row.pk: row for row in self.sheet.portion(keys)}
            for key in keys:
                if key in found:  # else it was deleted, or left the person's sight, since the keys were read
                    yield self.sheet.line(found[key], masked=self.masked)
                    self.done += 1

    def _look(self) -> None:
        """Still asked for? Once a second the row learns how far it is."""
        if time.monotonic() - self.seen < BEAT_S:
            going_on = self.row.filter(state=ExportState.RUNNING).exists()
        else:
            self.seen = time.monotonic()
            going_on = alive(self.row, rows=self.done, progress=100 * self.done // max(1, len(self.keys)))
        if not going_on:
            raise Stopped


def mine(job: ExportJob) -> QuerySet[ExportJob]:
    """The row as long as no other worker took it up."""
    return ExportJob.objects.filter(pk=job.pk, attempt=job.attempt)


def _person(job: ExportJob) -> tuple[User, Actor]:
    """Who asked, as he is now. Raises Refused with the reason if he may not have it any more."""
    person = User.objects.get(pk=job.person_id)
    actor = Actor.of(person)
    verdict = rights.may_have(job, person, actor)
    if not verdict:
        raise Refused(verdict.reason)
    return person, actor


def _finish(job: ExportJob, name: str, size: int, facts: dict[str, Any]) -> None:
    """From one moment on the file is there, proved, and can be fetched; the entry comes first (F05)."""
    now = clock.now()
    try:
        _hand_over(job, name, size, facts, now)
    except BaseException:
        # Unless the row was kept and what came after it broke, nothing names the file.
        if not mine(job).filter(file=name).exists():
            store.drop(name)
        raise


def _hand_over(job: ExportJob, name: str, size: int, facts: dict[str, Any], now: datetime) -> None:
    with transaction.atomic():
        row = lock_row(job)
        if row.state != ExportState.RUNNING or row.attempt != job.attempt:
            raise Stopped
        _user, actor = _person(job)
        log.note(log.EXPORTED, actor, {**facts, "export": job.pk})
        row.state, row.progress, row.rows = ExportState.READY, 100, facts["rows"]
        row.file, row.size, row.sha256 = name, size, facts["sha256"]
        row.reach, row.finished_at = job.reach, now
        row.expires_at = now + timedelta(hours=limits.EXPORT_HOURS)
        row.save()
        notices.tell_ready(row, facts["sheet"])
        store.keep(name)


def fail(job: ExportJob, reason: str) -> None:
    """Say on the row, in the person's service log and to the person why there is no file."""
    named = rights.named(job)
    with transaction.atomic():
        row = lock_row(job)
        if not row.is_waiting or row.attempt != job.attempt:
            return
        row.state, row.error, row.finished_at = ExportState.FAILED, reason[:300], clock.now()
        row.save(update_fields=["state", "error", "finished_at"])
        facts = {**named, "reason": row.error, "export": row.pk}
        log.note(log.FAILED, Actor.system(), facts, person=row.person_id)
        notices.tell_failed(row, named["sheet"])
