"""What browsers are sent: local files only, no script or handler inside a page."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OWN = sorted((ROOT / "portal" / "static" / "portal").glob("*.*"))
PAGES = sorted(path for path in (ROOT / "templates").rglob("*.html"))


def test_the_lock_file_names_no_registry():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"].values()
    assert all("resolved" not in package for package in packages)
    assert all("integrity" in package for package in packages if "version" in package)


def test_our_styles_and_scripts_load_nothing_from_elsewhere():
    for path in OWN:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|@import|eval\(|innerHTML", text), path.name


def test_pages_hold_no_inline_script_handler_or_foreign_address():
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), path
        assert not re.search(r"\son(click|load|change|submit|input|error)\s*=", text), path
        assert not re.search(r"(src|href)=[\"']https?://", text), path
