"""All parts in order, with what the machine is."""

import os
import platform
import warnings
from argparse import Namespace
from time import perf_counter

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from portal.accounts.actor import Actor  # noqa: E402
from tests.bench import engine, exports, knowledge, logs, pages, papers, world, writers  # noqa: E402
from tests.bench.measure import heading, say, timed  # noqa: E402


def everything(chosen: Namespace) -> None:
    """Print what was chosen."""
    began = perf_counter()
    scales = (min(10_000, max(chosen.scale // 10, 1)), chosen.scale)
    warnings.filterwarnings("ignore", "No directory at")
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # nobody signs in by password here
    say(f"{machine()}. Times in milliseconds: min, median, max of {chosen.runs} runs, one client in this process.")
    with translation.override("zh-hans"):
        made = world.build()
        if "pages" in chosen.only:
            heading("Pages and steps")
            pages.all_pages(made, chosen.runs, scales, chosen.queries)
        if chosen.only != ["knowledge"]:
            made.filler.fill(chosen.scale)
        for part in chosen.only:
            _part(part, made, chosen.runs)
    say(f"\n{perf_counter() - began:.0f} s in all.")


def _part(name: str, made: world.World, runs: int) -> None:
    if name == "figures":
        heading("A quarter's figures: min, median, max")
        engine.quarters(made, runs)
    elif name == "clocks":
        heading("Clocks: min, median, max")
        engine.clocks()
        engine.recomputed()
    elif name == "import":
        heading("Import of logs")
        logs.rates()
    elif name == "pdf":
        heading("Papers: min, median, max")
        papers.times(made, runs)
    elif name == "knowledge":
        heading("Search in the knowledge base")
        knowledge.times([line.pk for line in made.filler.lines], Actor.of(made.stage.side.manager), runs)
    elif name == "export":
        heading("Large exports")
        desk = pages.Pages(made).desk
        address = reverse(pages.LIST)
        exports.times(made.stage.desk.user_id, lambda: timed(lambda: desk.get(address)), say)
    elif name == "writers":
        heading("Eight processes that receive requests at once")
        found = writers.compete()
        say(
            "{rate:.0f} tickets a second; one takes {p50:.0f} ms (p50), {p95:.0f} ms (p95), {max:.0f} ms (max)".format(
                **found
            )
        )


def machine() -> str:
    """Cores, load, versions."""
    load = f"load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        version = cursor.fetchone()[0]
    python, cores = platform.python_version(), os.cpu_count()
    return f"{cores} cores ({load}), Python {python}, Django {django.__version__}, {connection.vendor} {version}"
