"""`make pictures`: the README's pictures of each role's main page, taken from a fresh demonstration.

The demonstration is made in a folder of its own and thrown away; the portal's database is not touched.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.chromium import chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
TICKETS = os.environ.get("PICTURES_TICKETS", "600")
DESK, PHONE = (1440, 900), (390, 844)
#: Name of the picture, account (or "customer"), page, size. The four in the README come first.
PICTURES = (
    ("desk", "desk", "/admin/tickets/ticket/", DESK),
    ("field", "technician", "/field/?tab=open", PHONE),
    ("customer", "customer", "", PHONE),
    ("auditor", "auditor", "/reports/", DESK),
    ("overview", "manager", "/admin/", DESK),
    ("ticket", "desk", "last", DESK),
    ("request", "", "/request/", PHONE),
    ("desk-390", "desk", "/admin/tickets/ticket/", PHONE),
    ("field-1440", "technician", "/field/?tab=open", DESK),
    ("customer-1440", "customer", "", DESK),
    ("auditor-390", "auditor", "/reports/", PHONE),
    ("field-dark", "technician", "/field/?tab=open", PHONE),
)


def main() -> None:
    """Make the demonstration, serve it, take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (ROOT / "var" / "static").mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        surroundings = environment(Path(folder))
        print(f"Making a demonstration of {TICKETS} tickets …", flush=True)
        manage(surroundings, "migrate", "--verbosity", "0")
        manage(surroundings, "make_demo", "--tickets", TICKETS)
        known = json.loads(manage(surroundings, "demo_accounts", "--json"))
        manage(surroundings, "shell", "-c", REPORTS)
        with serving(surroundings), chromium() as browser:
            for name, account, path, size in PICTURES:
                target = FOLDER / f"{name}.png"
                take(browser, surroundings["SITE_URL"], known, (account, path, size, name.endswith("-dark")), target)
                print(f"  {target.relative_to(ROOT)}  {target.stat().st_size // 1024} KB", flush=True)


#: The auditor's page shows something only where reports were made.
REPORTS = """
from kpi.actions.making import make_now
from kpi.actions.report import request_report
from kpi.queries.scope import Scope
from partners.models import Partner
from portal.accounts.actor import Actor
from portal.kernel import clock
from portal.kernel.quarter import Quarter
last = Quarter.of(clock.now()).previous()
for partner in [None, *Partner.objects.order_by("code")[:4]]:
    make_now(request_report(Actor.system(), last, Scope(partner=partner), queue=False))
"""


def environment(folder: Path) -> dict[str, str]:
    """An embedded portal of its own: database, files and port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    own = {
        "PORTAL_EMBEDDED": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'demonstration.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "HOST": "127.0.0.1",
        "PORT": port,
        "SITE_URL": f"http://127.0.0.1:{port}",
    }
    return {**os.environ, **own}


def manage(surroundings: dict[str, str], *words: str) -> str:
    """What a management command prints; its complaints stay on the screen."""
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(command, env=surroundings, check=True, stdout=subprocess.PIPE, text=True).stdout


@contextmanager
def serving(surroundings: dict[str, str]) -> Iterator[None]:
    """The portal answers inside the block."""
    bind = f"{surroundings['HOST']}:{surroundings['PORT']}"
    command = [sys.executable, "-m", "gunicorn", "portal.wsgi:application", "--bind", bind]
    command += ["--worker-class", "gthread", "--threads", "4", "--log-level", "warning"]
    with subprocess.Popen(command, env=surroundings, cwd=ROOT) as server:
        try:
            wait_for(surroundings["SITE_URL"] + "/healthz", server)
            yield
        finally:
            server.terminate()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    for _attempt in range(120):
        if server.poll() is not None:
            raise SystemExit("The portal did not start; the lines above say why.")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"{address} does not answer.")


def take(browser: Browser, site: str, known: dict[str, Any], what: tuple[str, str, Any, bool], target: Path) -> None:
    """One picture: what fits on the screen of that size."""
    account, path, (width, height), dark = what
    context = browser.new_context(
        base_url=site,
        viewport={"width": width, "height": height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    if account == "customer":
        path = known["customer"]["link"]
    elif account:
        sign_in(page, account, known["password"])
    if path == "last":
        page.goto("/admin/tickets/ticket/?queue=in_progress")
        path = page.locator("a.ak-row-link").last.get_attribute("href") or ""
    page.goto(path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=target, animations="disabled")
    context.close()
    # Pages are flat colours and letters: 256 colours look the same at a third of the size.
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(target, optimize=True)


def sign_in(page: Page, account: str, password: str) -> None:
    page.goto("/accounts/login/")
    page.fill("input[name=username]", account)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.click("main button.btn-primary")


if __name__ == "__main__":
    main()
