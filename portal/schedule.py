"""What is done without being asked: which task, how often. The schedule only enqueues, the worker works.

A job remembers its last run in the database, so a run that was missed while nothing ran is made up once, and two
schedules never do it twice.
"""

import logging
import signal
import threading
import uuid
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import FrameType

from django.db import DatabaseError, close_old_connections
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kpi.tasks import take_up_stuck_reports
from partners.tasks.contract import turn_contracts_over
from partners.tasks.cooperation import keep_cooperation
from partners.tasks.knowledge import look_at_review_dates
from partners.tasks.outlet_inspection import tell_overdue_findings
from partners.tasks.standard import keep_standards
from partners.tasks.tool import warn_of_tools
from partners.tasks.training import close_overdue_exams, warn_of_expiry
from portal import heartbeat, tasks
from portal.clock_watch import ClockWatch
from portal.exchange.tasks import drop_old_exports, take_up_stuck_exports
from portal.kernel import clock
from portal.notify.tasks import deliver_due
from tickets.tasks.agreement import turn_agreements_over
from tickets.tasks.dispatch import dispatch_waiting
from tickets.tasks.hand_over import take_up_stuck_hand_overs
from tickets.tasks.maintenance import open_due_visits
from tickets.tasks.part_request import tell_late_parts
from tickets.tasks.settling import settle_days
from tickets.tasks.warning import resettle_unfinished, warn_due

logger = logging.getLogger(__name__)

NAME = "schedule"
#: Seconds between two looks at the table.
TICK_S = 5.0


@dataclass(frozen=True, slots=True)
class Job:
    """A task, run `every` so often, or once a day `at` a wall-clock time of Asia/Shanghai."""

    name: str
    task: Task
    every: timedelta | None = None
    at: time | None = None

    def slot(self, moment: datetime) -> datetime:
        """The latest moment at which the job should have run: a run before it is too long ago."""
        if self.every is not None:
            return moment - self.every
        local = clock.local(moment)
        today = datetime.combine(local.date(), self.at or time(), clock.LOCAL)
        return today if today <= local else today - timedelta(days=1)


JOBS: list[Job] = [
    Job("worker_alive", tasks.worker_alive, every=timedelta(minutes=1)),
    Job("deliver_due", deliver_due, every=timedelta(minutes=1)),
    Job("warn_due", warn_due, every=timedelta(minutes=1)),
    Job("dispatch_waiting", dispatch_waiting, every=timedelta(minutes=1)),
    Job("resettle_unfinished", resettle_unfinished, every=timedelta(minutes=10)),
    Job("take_up_stuck_reports", take_up_stuck_reports, every=timedelta(minutes=5)),
    Job("take_up_stuck_exports", take_up_stuck_exports, every=timedelta(minutes=5)),
    Job("drop_old_exports", drop_old_exports, every=timedelta(hours=1)),
    Job("keep_standards", keep_standards, at=time(0, 5)),
    Job("keep_cooperation", keep_cooperation, at=time(7, 30)),
    Job("close_overdue_exams", close_overdue_exams, every=timedelta(minutes=5)),
    Job("open_due_visits", open_due_visits, at=time(0, 15)),
    Job("take_up_stuck_hand_overs", take_up_stuck_hand_overs, every=timedelta(minutes=5)),
    Job("turn_agreements_over", turn_agreements_over, at=time(0, 5)),
    Job("turn_contracts_over", turn_contracts_over, at=time(0, 5)),
    Job("warn_of_expiry", warn_of_expiry, at=time(8, 0)),
    Job("warn_of_tools", warn_of_tools, at=time(8, 10)),
    Job("seal_journal", tasks.seal_journal, at=time(0, 10)),
    Job("look_at_review_dates", look_at_review_dates, at=time(6, 40)),
    Job("settle_days", settle_days, at=time(0, 5)),
    Job("tell_overdue_findings", tell_overdue_findings, at=time(8, 10)),
    Job("tell_late_parts", tell_late_parts, at=time(8, 0)),
    Job("purge", tasks.purge, at=time(3, 30)),
]


def tick(holder: str, watch: ClockWatch | None = None) -> list[str]:
    """Enqueue what is due, if this schedule leads; answers the names of the jobs. `watch` sees the clock jump (N07)."""
    if watch is not None:
        watch.look()
    if not heartbeat.lead(NAME, holder):
        return []
    now = clock.now()
    due = [job for job in JOBS if heartbeat.once(f"job:{job.name}", job.slot(now))]
    for job in due:
        enqueue_once(job.task)
    return [job.name for job in due]


def enqueue_once(task: Task) -> bool:
    """Enqueue unless the same still waits: a worker that was away finds one task a job, not one a minute (M12)."""
    if DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=task.module_path).exists():
        return False
    task.enqueue()
    return True


def run() -> None:
    """Tick until SIGINT or SIGTERM. A database that is away for a while is waited for."""
    holder, stop, watch = f"{uuid.uuid4()}", threading.Event(), ClockWatch()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    while not stop.is_set():
        close_old_connections()
        try:
            tick(holder, watch)
        except DatabaseError:
            logger.exception("the schedule could not reach the database; it tries again")
        stop.wait(TICK_S)
    heartbeat.resign(NAME, holder)
