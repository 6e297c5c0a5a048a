"""/healthz: the program answers. /readyz: what it stands on answers too, each part with its figures."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from portal import heartbeat
from portal.exchange.making import QUEUE
from portal.exchange.models import ExportJob, ExportState
from portal.files import storage
from portal.kernel import clock
from portal.notify import breaker
from portal.notify.models import Delivery, DeliveryState

#: Limits beyond which a part is no longer well.
QUEUE_AGE = timedelta(minutes=10)
SCHEDULE_AGE = timedelta(minutes=3)
WORKER_AGE = timedelta(minutes=10)
FREE_BYTES = 200 * 1024 * 1024
FREE_SHARE = 0.02

Part = dict[str, Any]


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Alive: 200 without touching anything else."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Ready: 200 when every part is well, 503 otherwise. Names no host, path or account."""
    parts = {name: _asked(check) for name, check in CHECKS.items()}
    well = all(part["ok"] for part in parts.values())
    response = JsonResponse({"status": "ok" if well else "unavailable", **parts}, status=200 if well else 503)
    if not well:
        response["Retry-After"] = "10"
    return response


def _asked(check: Callable[[], Part]) -> Part:
    try:
        return check()
    except (DatabaseError, OSError) as error:
        return {"ok": False, "error": type(error).__name__}


def database() -> Part:
    """One trip to the database and back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return {"ok": cursor.fetchone() == (1,), "vendor": connection.vendor}


def queue() -> Part:
    """How much waits for the worker, and how long the oldest has."""
    waiting = DBTaskResult.objects.ready().exclude(queue_name=QUEUE)
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    age = clock.now() - oldest if oldest else timedelta()
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).count()
    return {
        "ok": age <= QUEUE_AGE,
        "depth": waiting.count(),
        "oldest_s": round(age.total_seconds()),
        "running": running,
    }


def exports() -> Part:
    """Large exports have a worker of their own: whatever waits there while none is being made waits for nobody."""
    jobs = ExportJob.objects.all()
    oldest = jobs.filter(state=ExportState.QUEUED).order_by("requested_at").values_list("requested_at", flat=True)
    age = clock.now() - found if (found := oldest.first()) else timedelta()
    running = jobs.filter(state=ExportState.RUNNING).count()
    return {"ok": bool(running) or age <= QUEUE_AGE, "waiting": jobs.waiting().count() - running, "running": running}


def notices() -> Part:
    """What waits, what was given up, which channels fail; a mail server that is away does not stop the web."""
    waiting = Delivery.objects.filter(state=DeliveryState.WAITING)
    oldest = waiting.filter(next_try_at__lte=clock.now()).order_by("next_try_at").values_list("next_try_at", flat=True)
    age = clock.now() - found if (found := oldest.first()) else timedelta()
    return {
        "ok": True,
        "waiting": waiting.count(),
        "overdue_s": round(age.total_seconds()),
        "given_up": Delivery.objects.filter(state=DeliveryState.FAILED).count(),
        "failing_channels": len(breaker.failing()),
    }


def store() -> Part:
    """Attachments can be written."""
    disk = storage.disk()
    written = disk.save(f"probe/{storage.new_key()}", ContentFile(b"ready"))
    disk.delete(written)
    return {"ok": True}


def disk() -> Part:
    """Room is left where attachments lie."""
    folder = settings.MEDIA_ROOT if settings.MEDIA_ROOT.exists() else settings.BASE_DIR
    usage = shutil.disk_usage(folder)
    share = usage.free / usage.total
    return {
        "ok": usage.free > FREE_BYTES and share > FREE_SHARE,
        "free_bytes": usage.free,
        "free_share": round(share, 3),
    }


def schedule() -> Part:
    """The schedule was seen lately."""
    seen = heartbeat.age("schedule")
    return {"ok": seen is not None and seen <= SCHEDULE_AGE, "age_s": _seconds(seen)}


def worker() -> Part:
    """A worker answered the schedule lately. One that is at a long task answers when it is done with it."""
    seen = heartbeat.age("worker")
    return {"ok": seen is None or seen <= WORKER_AGE, "age_s": _seconds(seen)}


def _seconds(age: timedelta | None) -> int | None:
    return None if age is None else round(age.total_seconds())


CHECKS: dict[str, Callable[[], Part]] = {
    "database": database,
    "queue": queue,
    "exports": exports,
    "storage": store,
    "disk": disk,
    "schedule": schedule,
    "worker": worker,
    "notices": notices,
}
