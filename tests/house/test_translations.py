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

from tests.house.tree import PACKAGES, ROOT

CATALOGUE = Path("locale/zh_Hans/LC_MESSAGES/django.po")
#: Words that stood beside the one of the glossary; the second is meant.
ONE_WORD = {
    "口令": "密码",
    "账户": "账号",
    "派单员": "派工员",
    "技术部门": "技术部",
    "法务部门": "法务",
    "服务层级": "服务等级",
    "地区": "区域",
    "门店": "网点",
    "伙伴方": "合作伙伴",
    "配件申请": "备件申请",
    "张工单": "件工单",
    "本平台": "本系统",
    "响应时钟": "响应时限",
    "解决时钟": "解决时限",
}
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?:\s|$)")
#: The functions that ask for a text.
ASKS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext", "pgettext_lazy"}
PAIRS = ("“”", "（）", "《》", "「」")
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


def chinese() -> list[str]:
    entries = polib.pofile(str(ROOT / CATALOGUE))
    return [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


def test_one_thing_has_one_chinese_word():
    found = [
        f"{right}, not {wrong}: {text}" for text in chinese() for wrong, right in ONE_WORD.items() if wrong in text
    ]
    assert not found, "\n".join(found)


def test_chinese_sentences_have_chinese_punctuation():
    odd = [text for text in chinese() if HALF_WIDTH.search(text) and text != "是,否"]
    odd += [text for text in chinese() for opened, closed in PAIRS if text.count(opened) != text.count(closed)]
    assert not odd, "\n".join(odd)


def lost_in_formatted_strings(source: str) -> list[int]:
    """Lines on which a text is asked for within an f-string: xgettext does not find it there."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    return [call.lineno for call in calls if getattr(call.func, "id", "") in ASKS]


def test_the_check_sees_a_text_in_a_formatted_string():
    assert lost_in_formatted_strings("x = 1\ny = f\"{x} {_('overdue')}\"\n") == [2]
    assert not lost_in_formatted_strings("y = _('%(x)s overdue') % {'x': f'{x}'}\n")


def test_no_text_is_lost_in_a_formatted_string():
    offenders = [
        f"{path.relative_to(ROOT)}:{line}"
        for name in PACKAGES
        for path in (ROOT / name).rglob("*.py")
        for line in lost_in_formatted_strings(path.read_text(encoding="utf-8"))
    ]
    assert not offenders, "\n".join(offenders)
