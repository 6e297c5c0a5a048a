"""`python -m tests.bench [--scale N] [--runs N] [--only PART …] [--postgres]`: medians and ratios on the screen."""

import os
import sys
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("pages", "figures", "clocks", "import", "pdf", "writers", "knowledge", "export")


def arguments() -> Namespace:
    parser = ArgumentParser(prog="make bench", description="The yardsticks beside ours.")
    parser.add_argument("--scale", type=int, default=100_000, help="tickets of the large database (default 100000)")
    parser.add_argument("--runs", type=int, default=15, help="how often each page is opened (default 15)")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), help="leave the other parts out")
    parser.add_argument("--postgres", action="store_true", help="on a throw-away PostgreSQL in place of SQLite")
    parser.add_argument("--queries", metavar="PAGE", help="print the queries of the pages whose name contains this")
    return parser.parse_args()


def main() -> None:
    """A database of its own, thrown away at the end; then Django, then the measurements."""
    chosen = arguments()
    if chosen.postgres and not os.environ.get("BENCH_POSTGRES"):
        helper = str(ROOT / ".ci" / "with-postgres.sh")
        os.environ["BENCH_POSTGRES"] = "1"
        os.execv(helper, [helper, sys.executable, "-m", "tests.bench", *sys.argv[1:]])  # noqa: S606  our own script
    (ROOT / "var").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=ROOT / "var") as folder:
        if not chosen.postgres:
            os.environ["DATABASE_URL"] = f"sqlite:///{folder}/bench.sqlite3"
        os.environ.update(
            DJANGO_SETTINGS_MODULE="portal.settings",
            PORTAL_EMBEDDED="1",
            MEDIA_ROOT=f"{folder}/media",
            REQUESTS_AN_HOUR="1000000",
            LOG_LEVEL="ERROR",
        )
        from tests.bench import run  # noqa: PLC0415  settings read the environment when they are imported

        run.everything(chosen)


if __name__ == "__main__":
    main()
