"""How fast a log becomes tickets: both real ones where they are at hand, and one that is made up."""

import csv
import resource
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from portal.kernel import clock
from tests.bench.fill import WORDS
from tests.bench.measure import say
from tickets.actions.import_log import import_log
from tickets.rules.log_mapping import parse

ROOT = Path(__file__).resolve().parents[2]
REAL = ROOT.parent / "shared" / "data"
LOGS = (
    ("helpdesk", REAL / "helpdesk_log" / "helpdesk.csv"),
    ("service_requests_311", REAL / "service_requests_311" / "311_sample.csv"),
)
TICKETS = 4000
STEPS = ("Insert ticket", "Assign seriousness", "Take in charge ticket", "Resolve ticket", "Closed")


def rates(times: int = 3) -> None:
    """Source rows a second (min, median, max), everything done and taken back at the end (a dry run)."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "made.csv"
        _write(made)
        for name, path in (*LOGS, ("helpdesk", made)):
            if not path.exists():
                say(f"{path.name:20} is not at hand")
                continue
            mapping = parse((ROOT / "docs" / "examples" / f"{name}.toml").read_text(encoding="utf-8"))
            found, work = [], 0.0
            for _ in range(times):
                began, worked = perf_counter(), process_time()
                summary = import_log(path, mapping, source=f"bench {path.stem}", dry_run=True)
                found.append(summary.rows / (perf_counter() - began))
                work = max(work, summary.rows / (process_time() - worked))
            found.sort()
            say(
                f"{path.name:20} {summary.rows:7,} rows, {summary.tickets:6,} tickets, {summary.entries:7,} entries:"
                f" {found[0]:8,.0f} {found[times // 2]:8,.0f} {found[-1]:8,.0f} rows a second,"
                f" {work:6,.0f} a second of the processor"
            )
    unit = 1 if sys.platform == "darwin" else 1024
    say(f"memory of this process at its peak: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:.0f} MB")


def _write(path: Path) -> None:
    """Five events a ticket in the shape of the help desk's log."""
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        names = ["Case ID", "Activity", "Resource", "Complete Timestamp", "workgroup", "customer", "product"]
        rows.writerow(names)
        for n in range(TICKETS):
            at = clock.now().astimezone(clock.LOCAL) - timedelta(days=400, minutes=-n)
            for index, step in enumerate(STEPS):
                moment = (at + timedelta(hours=7 * index)).strftime("%Y/%m/%d %H:%M:%S.%f")
                rows.writerow([f"Case {n}", step, f"Value {n % 40}", moment, f"组{n % 12}", f"客户{n % 300}",
                               WORDS[n % len(WORDS)]])  # fmt: skip
