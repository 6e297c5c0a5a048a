"""The portal's own upkeep, done by the worker when the schedule asks for it."""

from datetime import timedelta

from django.core.management import call_command
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from portal import heartbeat
from portal.exchange import waiting
from portal.journal import seals
from portal.kernel import clock

#: A task that runs so long belonged to a worker that died: the row goes, what it was for is asked for anew.
STUCK = timedelta(hours=6)
KEPT_DAYS = 14


@task()
def worker_alive() -> None:
    """The schedule asked, a worker answered: the way from one to the other is open."""
    heartbeat.beat("worker")


@task()
def seal_journal() -> int:
    """The daily seal; answers its number."""
    return seals.seal().number


@task()
def purge() -> int:
    """Forget expired sessions, sheets that wait for nobody, old results and tasks whose worker died.

    Answers how many of the last.
    """
    call_command("clearsessions")
    waiting.purge()
    call_command("prune_db_task_results", queue_name="*", min_age_days=KEPT_DAYS, verbosity=0)
    stuck = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=clock.now() - STUCK)
    return stuck.delete()[0]
