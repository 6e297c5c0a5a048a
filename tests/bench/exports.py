"""Large exports: how long 500,000 rows take, how much memory, and what others notice of it (F09).

`python -m tests.bench.exports KEY` is the worker of one job, in a process of its own as in earnest.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, process_time, sleep

import django

ROOT = Path(__file__).resolve().parents[2]
ROWS, BLOCK = 500_000, 10_000
#: The list of tickets is opened so often, alone and beside the export.
OPENED = 60
#: Megabytes of the process, and by how much others' p95 may grow.
GOAL_MB, GOAL_SHARE = 512, 1.2


def make(pk: int) -> dict[str, float]:
    """What the worker's process does; seconds on the wall and of the processor, and the most memory it held in MB."""
    from portal.exchange.making import make_export  # noqa: PLC0415  Django must be set up first

    began = monotonic()
    answer = make_export.call(pk)
    if answer != "made":
        raise SystemExit(answer)
    return {
        "s": monotonic() - began,
        "work": process_time(),
        "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def fill() -> None:
    """Spare parts, the sheet of which also names product lines and successors."""
    from partners.models import SparePart  # noqa: PLC0415

    names = ("熔断器", "接触器总成", "充电枪线", "散热风扇", "功率模块", "绝缘检测仪")
    for first in range(0, ROWS, BLOCK):
        SparePart.objects.bulk_create(
            SparePart(
                number=f"XB-{n:06d}", name=f"{names[n % 6]} {n % 97} 型", fits="星河 E5、星河 E7", cost_price=n % 900
            )
            for n in range(first, first + BLOCK)
        )


def times(user_id: int, open_list: Callable[[], float], say: Callable[[str], None]) -> None:
    """Both kinds of file; the list of tickets alone before and after, and beside the export of csv."""
    fill()
    say(f"{ROWS:,} spare parts, 11 columns; the worker is a process of its own under nice 10; goal: below {GOAL_MB} MB")
    before = [open_list() for _ in range(OPENED)]
    beside: list[float] = []
    for kind in ("csv", "xlsx"):
        job, worker = _begin(user_id, kind)
        while worker.poll() is None:
            if job.__class__.objects.filter(pk=job.pk, rows__gt=0).exists() and len(beside) < 4 * OPENED:
                beside += [open_list() for _ in range(5)]
            sleep(0.1)
        told = worker.communicate()[0]
        job.refresh_from_db()
        found = json.loads(told)
        speed = f"{found['s']:6.1f} s  {found['work']:6.1f} s of the processor"
        say(f"{kind:5} {speed}  {found['mb']:5.0f} MB{_mark(found['mb'] <= GOAL_MB)}  file of {job.size / 1e6:.1f} MB")
    alone = before + [open_list() for _ in range(OPENED)]
    share = _p95(beside) / _p95(alone)
    say(f"list of tickets, alone:             {median(alone):6.1f} median {_p95(alone):6.1f} p95 of {len(alone)}")
    say(f"list of tickets, beside an export:  {median(beside):6.1f} median {_p95(beside):6.1f} p95 of {len(beside)}")
    say(f"p95 {share:.2f} times as long, median {median(beside) / median(alone):.2f}{_mark(share <= GOAL_SHARE)}")


def _begin(user_id: int, kind: str) -> tuple:
    from django.contrib import admin  # noqa: PLC0415

    from partners.models import SparePart  # noqa: PLC0415
    from portal.accounts.actor import Actor  # noqa: PLC0415
    from portal.accounts.models import User  # noqa: PLC0415
    from portal.exchange import jobs  # noqa: PLC0415

    person = Actor.of(User.objects.get(pk=user_id))
    page = admin.site._registry[SparePart]
    job = jobs.ask(person, page, ROWS, {"kind": kind, "purpose": "bench", "masked": True, "filter": ""})
    command = ["nice", "-n", "10", sys.executable, "-m", "tests.bench.exports", str(job.pk)]
    return job, subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603  ourselves


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[18]


def _mark(met: bool) -> str:
    return "" if met else "   above the goal"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    print(json.dumps(make(int(sys.argv[1]))))
