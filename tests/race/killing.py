"""Kill the worker again and again while it delivers: `python -m tests.race.killing KILLS NOTICES` prints what became.

The worker is the real one in a process of its own, killed by SIGKILL at a random moment. EMAIL_URL names the mail
server, DATABASE_URL an empty database.
"""

import json
import os
import random
import signal
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
#: Only what notices stand on: a whole migration would take longer than the test.
APPS = ("accounts", "notify", "links", "django_tasks_database")


def work(batch: bool) -> None:
    """What `manage.py db_worker` does."""
    from django_tasks_db.management.commands.db_worker import Worker  # noqa: PLC0415  Django must be set up first

    worker = Worker(
        queue_names=["*"], interval=0.02, batch=batch, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"w{os.getpid()}", excluded_queue_names=[],
    )  # fmt: skip
    worker.configure_signals()
    worker.run()


def forked(batch: bool) -> int:
    """A child process with connections of its own."""
    from django.db import connections  # noqa: PLC0415

    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            work(batch)
        finally:
            os._exit(0)
    return child


def tries() -> int:
    """How often something was claimed until now."""
    from django.db.models import Sum  # noqa: PLC0415

    from portal.notify.models import Delivery  # noqa: PLC0415

    return Delivery.objects.aggregate(n=Sum("attempts"))["n"]


def kill(rounds: int) -> None:
    """Start a worker, let it work a moment, kill it; now and then the lease of what it held runs out."""
    from portal.kernel import clock  # noqa: PLC0415
    from portal.notify.models import Delivery  # noqa: PLC0415
    from portal.notify.tasks import deliver_due  # noqa: PLC0415

    for number in range(rounds):
        before = tries()
        child = forked(batch=False)
        end = time.monotonic() + 5
        while tries() == before and time.monotonic() < end:
            time.sleep(0.002)
        time.sleep(random.uniform(0, 0.04))  # before, while or after the server has it; sometimes in the next one
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if number % 2:
            Delivery.objects.filter(claimed_until__isnull=False).update(claimed_until=clock.now())
            deliver_due.enqueue()


def finish() -> None:
    """Every lease has run out, and a worker that is left alone does the rest."""
    from portal.kernel import clock  # noqa: PLC0415
    from portal.notify.models import ChannelHealth, Delivery  # noqa: PLC0415
    from portal.notify.tasks import deliver_due  # noqa: PLC0415

    Delivery.objects.filter(state="waiting").update(claimed_until=None, next_try_at=clock.now())
    ChannelHealth.objects.update(paused_until=None)
    deliver_due.enqueue()
    os.waitpid(forked(batch=True), 0)


def main() -> None:
    """Migrate, write the notices, kill, finish, print."""
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import transaction  # noqa: PLC0415

    from portal.notify import types  # noqa: PLC0415
    from portal.notify.models import Delivery  # noqa: PLC0415
    from portal.notify.queue import Recipient, queue  # noqa: PLC0415

    for app in APPS:
        call_command("migrate", app, verbosity=0)
    types.register("t.kill", "%(number)s", "Text", places=("number",))
    kills, notices = int(sys.argv[1]), int(sys.argv[2])
    with transaction.atomic():
        for n in range(notices):
            queue("t.kill", Recipient(email=f"n{n}@example.com"), {"number": n}, "thing:1")
    kill(kills)
    finish()
    rows = list(Delivery.objects.values("pk", "state", "attempts"))
    states = {row["state"]: sum(r["state"] == row["state"] for r in rows) for row in rows}
    print(json.dumps({"states": states, "attempts": sum(row["attempts"] for row in rows)}))


if __name__ == "__main__":
    main()
