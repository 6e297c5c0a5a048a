"""What import-linter cannot say: no import inside a function, and upper packages enter lower ones by their doors."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.tree import APPS, PACKAGES, parsed, place, python_files, short

DOORS = {"models", "choices", "rules", "queries", "actions"}
ROOF_MODULES = {path.stem for path in (python_files("portal")) if len(Path(short(path)).parts) == 2} - {"__init__"}


def inner_imports(tree: ast.Module) -> Iterator[ast.AST]:
    """Imports below a function, `AppConfig.ready` excepted: Django allows registration nowhere earlier."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and function.name != "ready":
            yield from (node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom))


def imported(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every imported module as a dotted name; `from tickets import models` counts as tickets.models."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            parts = node.module.split(".")
            if len(parts) == 1:
                yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
            else:
                yield node, node.module


def wrong_door(importer: str, target: str) -> bool:
    """Whether `importer` (a package) enters another app otherwise than by a door."""
    parts = target.split(".")
    return parts[0] in APPS and parts[0] != importer and len(parts) > 1 and parts[1] not in DOORS


def on_the_roof(path: Path) -> bool:
    parts = Path(short(path)).parts
    return parts[0] == "portal" and (len(parts) == 2 or parts[1] == "management")


def test_the_checks_see_what_they_should():
    assert list(inner_imports(ast.parse("def f():\n    if x:\n        import os")))
    assert not list(inner_imports(ast.parse("import os\ndef ready(self):\n    import x")))
    assert wrong_door("kpi", "tickets.views.pages")
    assert not wrong_door("kpi", "tickets.models.ticket")
    assert [name for _, name in imported(ast.parse("from tickets import admin"))] == ["tickets.admin"]


def test_no_import_inside_a_function():
    offenders = [place(path, node) for path in python_files() for node in inner_imports(parsed(path))]
    assert not offenders, "move to the top of the file: " + ", ".join(offenders)


def test_apps_are_entered_by_their_doors():
    offenders = [
        f"{place(path, node)} {name}"
        for path in python_files()
        if not on_the_roof(path)
        for node, name in imported(parsed(path))
        if wrong_door(short(path).split("/")[0], name)
    ]
    assert not offenders, f"only {sorted(DOORS)} are doors: " + ", ".join(offenders)


def test_nobody_imports_the_roof():
    offenders = [
        f"{place(path, node)} {name}"
        for path in python_files(*PACKAGES)
        if not on_the_roof(path)
        for node, name in imported(parsed(path))
        if name.startswith("portal.") and name.split(".")[1] in ROOF_MODULES | {"management"}
    ]
    assert not offenders, "portal/*.py is the composition root: " + ", ".join(offenders)
