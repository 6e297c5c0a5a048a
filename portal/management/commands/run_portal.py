"""`make run`: bring the database up to date, fill the demonstration, then serve web, workers and schedule."""

import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from portal.accounts.models import Organisation
from portal.exchange.making import QUEUE
from portal.management.supervisor import Child, Supervisor

#: A first look needs no more; `make_demo` alone makes 2,000.
FIRST_TICKETS = 600


class Command(BaseCommand):
    help = "Migrate, fill the demonstration on first start, then serve web, workers and schedule until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--threads", type=int, default=8)

    def handle(self, *args: object, host: str, port: int, threads: int, **options: object) -> None:
        refuse_taken_port(host, port)
        self.prepare()
        self.greet(host, port)
        connections.close_all()
        code = Supervisor(children(host, port, threads), self.say).run()
        self.say("Stopped.")
        sys.exit(code)

    def say(self, words: str) -> None:
        self.stdout.write(f"==> {words}")
        self.stdout.flush()

    def prepare(self) -> None:
        """Everything that must be true before the first request."""
        settings.VAR_DIR.mkdir(exist_ok=True)
        forget_half_a_demonstration()
        call_command("migrate", verbosity=0, interactive=False)
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        if not settings.WHITENOISE_USE_FINDERS:  # embedded, whitenoise serves from where the files are: seconds saved
            call_command("collectstatic", verbosity=0, interactive=False)
        if not Organisation.objects.exists():
            self.say("First start: making the demonstration brand. This takes a minute or two.")
            unfinished().write_text(str(settings.DATABASES["default"]["NAME"]))
            call_command("make_demo", tickets=FIRST_TICKETS)
            unfinished().unlink()

    def greet(self, host: str, port: int) -> None:
        call_command("demo_accounts")
        self.say(f"Serving at http://{host}:{port}/   (Ctrl-C stops web, workers and schedule)")


def unfinished() -> Path:
    """Stands while the demonstration is being made, and names its database."""
    return settings.VAR_DIR / "demonstration-unfinished"


def forget_half_a_demonstration() -> None:
    """A first start that was interrupted left half a brand: remove that SQLite file, nothing else, and begin again."""
    mark, name = unfinished(), str(settings.DATABASES["default"]["NAME"])
    if not mark.exists() or mark.read_text() != name:
        return
    if connections["default"].vendor == "sqlite":
        connections.close_all()
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
    mark.unlink()


def refuse_taken_port(host: str, port: int) -> None:
    """Say at once what gunicorn would say five times and late."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Cannot listen on {host}:{port} ({error.strerror}). Choose another: PORT={port + 1} make run"
            ) from error


def children(host: str, port: int, threads: int) -> list[Child]:
    """The four programs of an embedded portal. Large exports have a worker of their own, which gives way to the
    others: no notice waits for minutes behind one (F09)."""
    manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    web = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", bind, "--worker-class", "gthread"]
    web += ["--workers", workers, "--threads", str(threads), "--graceful-timeout", "5", "--log-level", "warning"]
    return [
        Child("web", web),
        Child("worker", [*manage, "db_worker", "--queue-name", "*", "--exclude-queues", QUEUE]),
        Child("exports", ["nice", "-n", "10", *manage, "db_worker", "--queue-name", QUEUE]),
        Child("schedule", [*manage, "run_schedule"]),
    ]
