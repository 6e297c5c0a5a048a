"""What the schedule asks for exports; the making itself is portal.exchange.making.make_export."""

from datetime import timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from portal.accounts.actor import Actor
from portal.exchange import limits, log, rights, store
from portal.exchange.making import fail, make_export
from portal.exchange.models import ExportJob, ExportState
from portal.kernel import clock
from portal.workflow.background import silent, take_up
from portal.workflow.corridor import lock_row


@task()
def take_up_stuck_exports() -> int:
    """What a dead worker left is queued again, a few times; what waits its turn behind another is not stuck."""
    for job in silent(ExportJob.objects.filter(attempt__gte=limits.EXPORT_ATTEMPTS)):
        with translation.override(job.language):
            fail(job, _("The making broke off several times: narrow the filter and ask again."))
    jobs = ExportJob.objects.all()
    busy = jobs.filter(state=ExportState.RUNNING).exclude(pk__in=silent(jobs).values("pk")).exists()
    return take_up(jobs.filter(state=ExportState.RUNNING) if busy else jobs, make_export.enqueue)


@task()
def drop_old_exports() -> int:
    """Files whose time is over go, the rows stay with what was taken (F07); answers how many."""
    over = ExportJob.objects.filter(state=ExportState.READY, expires_at__lte=clock.now())
    dropped = sum(_expire(job) for job in over)
    known = set(ExportJob.objects.filter(state=ExportState.READY).values_list("file", flat=True))
    store.sweep(known, (clock.now() - timedelta(hours=limits.LEFT_OVER_HOURS)).timestamp())
    return dropped


def _expire(job: ExportJob) -> bool:
    named = rights.named(job)
    with transaction.atomic():
        row = lock_row(job)
        if row.state != ExportState.READY:
            return False
        row.state = ExportState.EXPIRED
        row.save(update_fields=["state"])
        log.note(log.EXPIRED, Actor.system(), {**named, "export": row.pk}, person=row.person_id)
        transaction.on_commit(lambda: store.drop(row.file))
    return True
