"""docs/OPERATIONS.md names every variable that is read, and none that is not."""

import ast
import re

from tests.house.tree import ROOT, dotted, parsed, python_files, short

PAGE = (ROOT / "docs" / "OPERATIONS.md").read_text(encoding="utf-8")
READERS = ("env", "os.environ.get", "environ.get", "os.getenv")


def variables(tree: ast.Module) -> set[str]:
    """Names that are read from the environment by `env.str("NAME")`, `env("NAME")` or os.environ."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = dotted(node.func)
            if name in READERS or (name.startswith("env.") and isinstance(node.args[0].value, str)):
                found.add(node.args[0].value)
        elif isinstance(node, ast.Subscript) and dotted(node.value).endswith("environ"):
            found.update(part.value for part in [node.slice] if isinstance(part, ast.Constant))
    return found


def documented() -> set[str]:
    rows = re.findall(r"^\| (`[^|]+?) \|", PAGE, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([A-Z][A-Z_]+)`", row)}


def read() -> set[str]:
    return {name for path in python_files() for name in variables(parsed(path))} - {"DJANGO_SETTINGS_MODULE"}


def test_the_check_sees_what_is_read():
    code = "a = env.str('A'); b = env('B', default=1); c = os.environ['C']; d = os.environ.get('D'); e = other('E')"
    assert variables(ast.parse(code)) == {"A", "B", "C", "D"}


def test_every_variable_is_documented():
    assert not read() - documented()


def test_no_documented_variable_is_unread():
    assert not documented() - read()


def test_settings_are_the_reader():
    allowed = {"portal/settings.py", "portal/management/commands/run_portal.py"}
    assert {short(path) for path in python_files() if variables(parsed(path)) - {"DJANGO_SETTINGS_MODULE"}} <= allowed
