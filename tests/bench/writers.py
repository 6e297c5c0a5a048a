"""Many processes that write at once: requests received a second through the action, with the waiting of each."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import quantiles

import django

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 6.0


def compete(count: int = 8) -> dict[str, float]:
    """`count` processes receive tickets for a while; tickets a second, and percentiles of one in milliseconds."""
    command = [sys.executable, "-m", "tests.bench.writers", str(SECONDS)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    children = [subprocess.Popen(command, cwd=ROOT, **pipes) for _ in range(count)]  # noqa: S603  ourselves
    for child in children:
        child.stdout.readline()  # it is ready
    for child in children:
        child.stdin.write("go\n")
        child.stdin.flush()
    taken = sorted(ms for child in children for ms in json.loads(child.communicate()[0]))
    parts = quantiles(taken, n=100)
    return {"rate": len(taken) / SECONDS, "p50": parts[49], "p95": parts[94], "max": taken[-1]}


def write(seconds: float) -> list[float]:
    """What one process does: receive until the time is over."""
    from portal.accounts.actor import NOBODY  # noqa: PLC0415  Django must be set up first
    from tickets.actions.request import receive  # noqa: PLC0415

    def once() -> None:
        receive(
            NOBODY,
            channel="portal",
            title="充电桩无法启动",
            description="按下启动键没有反应",
            customer_name="浦江物流第1分公司",
            contact_name="赵女士",
            contact_phone="13700000001",
            contact_email="contact1@example.com",
            region="上海市",
        )

    once()
    print("ready", flush=True)
    sys.stdin.readline()
    taken: list[float] = []
    until = time.time() + seconds
    while time.time() < until:
        began = time.perf_counter()
        once()
        taken.append(1000 * (time.perf_counter() - began))
    return taken


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    print(json.dumps(write(float(sys.argv[1]))))
