"""Every text of the source has its Chinese words: nothing empty, nothing guessed by a tool."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

from tests.house.tree import PACKAGES, ROOT, parsed, python_files, short

CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")

pytestmark = pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")


def extract(folder: Path) -> polib.POFile:
    """The texts below a folder, as makemessages finds them; the folder gets a locale/ of its own."""
    (folder / "locale").mkdir(exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale=zh_Hans", "--keep-pot", "--verbosity=0"],
        cwd=folder,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    return polib.pofile(str(folder / "locale" / "django.pot"))


def untranslated(source: polib.POFile, catalogue: polib.POFile) -> list[str]:
    """Texts whose translation is missing, empty, fuzzy or loses a placeholder."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    problems = []
    for wanted in source:
        entry = known.get((wanted.msgctxt, wanted.msgid))
        words = entry and (entry.msgstr or entry.msgstr_plural.get(0, ""))
        if not words:
            problems.append(f"missing: {wanted.msgid!r} ({wanted.occurrences[0][0] if wanted.occurrences else '?'})")
        elif entry.fuzzy:
            problems.append(f"fuzzy: {wanted.msgid!r}")
        elif not placeholders(words) <= placeholders(wanted.msgid) | placeholders(wanted.msgid_plural):
            problems.append(f"unknown placeholder: {words!r}")
    return problems


def placeholders(text: str) -> set[str]:
    return {match.group() for match in PLACEHOLDER.finditer(text)}


def copy_sources(target: Path) -> None:
    for name in (*PACKAGES, "templates"):
        if (ROOT / name).exists():
            ignore = shutil.ignore_patterns("migrations", "__pycache__", "static", "*.pyc")
            shutil.copytree(ROOT / name, target / name, ignore=ignore)


def test_the_check_sees_a_missing_and_a_fuzzy_text(tmp_path):
    (tmp_path / "a.py").write_text("_('First')\n_('Second %(n)s')\n_('Third')\n")
    (tmp_path / "a.html").write_text("{% load i18n %}{% translate 'Fourth' %}")
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="First", msgstr="第一", flags=["fuzzy"]))
    catalogue.append(polib.POEntry(msgid="Second %(n)s", msgstr="第二 %(m)s"))
    catalogue.append(polib.POEntry(msgid="Third", msgstr="第三"))
    problems = untranslated(extract(tmp_path), catalogue)
    assert sorted(problem.split(":")[0] for problem in problems) == ["fuzzy", "missing", "unknown placeholder"]


def test_every_text_is_translated(tmp_path):
    copy_sources(tmp_path)
    catalogue = polib.pofile(str(ROOT / CATALOGUE)) if (ROOT / CATALOGUE).exists() else polib.POFile()
    problems = untranslated(extract(tmp_path), catalogue)
    assert not problems, f"{len(problems)} texts:\n" + "\n".join(problems[:60])


def hidden(tree: ast.Module) -> list[int]:
    """Lines with a text inside an f-string, where `makemessages` does not find it: it would stay English."""
    inside = (node for string in ast.walk(tree) if isinstance(string, ast.JoinedStr) for node in ast.walk(string))
    calls = (node for node in inside if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    return [call.lineno for call in calls if call.func.id == "_" or "gettext" in call.func.id]


def test_the_check_sees_a_text_inside_an_f_string():
    assert hidden(ast.parse("f\"{n} {_('overdue')}\"")) == [1]
    assert not hidden(ast.parse('f"{n} {text}"'))


def test_no_text_hides_in_an_f_string():
    assert not [f"{short(path)}:{line}" for path in python_files() for line in hidden(parsed(path))]
