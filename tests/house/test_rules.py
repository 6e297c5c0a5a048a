"""Every rule names the requirement that it serves, and every rule module has a test."""

import ast
from collections.abc import Iterator

from tests.house.tree import REQUIREMENT, is_rule_file, parsed, place, python_files, short


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


def test_every_rule_has_its_requirement():
    offenders = [f"{place(path, node)} {node.name}" for path in rule_files() for node in unnumbered(parsed(path))]
    assert not offenders, "cite the R-number in the docstring: " + ", ".join(offenders)


def test_every_rule_module_has_a_test():
    tests = {short(path) for path in python_files("tests")}
    missing = []
    for path in rule_files():
        app = short(path).split("/")[0]
        if not any(name.startswith(f"tests/{app}/") and f"test_{path.stem}" in name for name in tests):
            missing.append(short(path))
    assert not missing, "a rule without a test: " + ", ".join(missing)
