"""Every rule names the requirement that it serves, and every rule module has a test."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.house.tree import REQUIREMENT, ROOT, is_rule_file, parsed, place, python_files, short


def unnumbered(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Public functions of a module without R-number in their own docstring or the module's."""
    if REQUIREMENT.search(ast.get_docstring(tree) or ""):
        return
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            if not REQUIREMENT.search(ast.get_docstring(node) or ""):
                yield node


def rule_files():
    return [path for path in python_files() if is_rule_file(path) and path.name != "__init__.py"]


def test_the_check_sees_a_rule_without_number():
    assert list(unnumbered(ast.parse("def due(x):\n    '''Ends at eight.'''")))
    assert not list(unnumbered(ast.parse("def due(x):\n    '''Ends at eight (R012).'''")))
    assert not list(unnumbered(ast.parse("'''Clocks (R012).'''\ndef due(x):\n    return x")))


def numbered_package(path: Path) -> bool:
    """A subject that grew into a package may cite its requirements once, in the package's docstring."""
    package = path.parent / "__init__.py"
    return path.parent.name != "rules" and bool(REQUIREMENT.search(ast.get_docstring(parsed(package)) or ""))


def subject(path: Path) -> str:
    """`sla_clock` for tickets/rules/sla_clock.py and for tickets/rules/sla_clock/engine.py."""
    return path.stem if path.parent.name == "rules" else path.parent.name


def test_every_rule_has_its_requirement():
    offenders = [
        f"{place(path, node)} {node.name}"
        for path in rule_files()
        if not numbered_package(path)
        for node in unnumbered(parsed(path))
    ]
    assert not offenders, "cite the R-number in the docstring: " + ", ".join(offenders)


def test_every_rule_subject_has_a_test():
    tests = [path for path in python_files("tests") if path.name.startswith("test_")]
    rules = {(short(path).split("/")[0], subject(path)) for path in rule_files() if decides(parsed(path))}
    missing = [f"{app}: {name}" for app, name in sorted(rules) if not any(covers(test, app, name) for test in tests)]
    assert not missing, "a rule without a test: " + ", ".join(missing)


def decides(tree: ast.Module) -> bool:
    """A module of words and tables alone has nothing to test by itself."""
    return any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in tree.body)


def covers(test: Path, app: str, name: str) -> bool:
    """By its place (tests/<app>/rules/test_<subject>….py or …/<subject>/test_….py) or by importing the subject."""
    parts = short(test).split("/")
    in_place = parts[1:3] == [app, "rules"] and (parts[3] == name or parts[3].startswith(f"test_{name}"))
    return in_place or imports(parsed(test), f"{app}.rules", name)


def imports(tree: ast.Module, package: str, name: str) -> bool:
    return any(f"{one}.".startswith(f"{package}.{name}.") for one in imported(tree))


@cache
def imported(tree: ast.Module) -> frozenset[str]:
    """Full names of everything that a module imports from another."""
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    return frozenset(f"{node.module}.{alias.name}" for node in nodes for alias in node.names)


def test_the_check_knows_where_tests_stand():
    folder = ROOT / "tests" / "tickets"
    assert covers(folder / "rules" / "test_sla_clock_walk.py", "tickets", "sla_clock")
    assert covers(folder / "rules" / "sla_clock" / "test_walk.py", "tickets", "sla_clock")
    assert imports(ast.parse("from tickets.rules.sla_clock.walking import walk"), "tickets.rules", "sla_clock")
    assert imports(ast.parse("from tickets.rules import feedback"), "tickets.rules", "feedback")
    assert not imports(ast.parse("from tickets.rules import feedback"), "tickets.rules", "feed")
