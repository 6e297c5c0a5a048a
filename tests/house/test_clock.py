"""`portal.kernel.clock` is the only reader of the clock, so that tests, imports and demonstrations travel in time."""

import ast

import pytest

from tests.house.tree import dotted, parsed, place, python_files, short

CLOCK = "portal/kernel/clock.py"
READERS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now",
    "timezone.localtime", "timezone.localdate",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.strftime", "time.ctime",
}  # fmt: skip
NAMES = {("time", "time"), ("django.utils.timezone", "now"), ("django.utils.timezone", "localdate")}
DATABASE_CLOCKS = {"auto_now", "auto_now_add"}
#: What a supervisor of processes measures is no business time.
ALLOWED = {CLOCK, "portal/management/supervisor.py"}


def readings(tree: ast.Module) -> list[ast.AST]:
    """Calls and names that read the clock. `timezone.localtime(value)` converts and is allowed."""
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ".".join(dotted(node).split(".")[-2:]) in READERS:
            found.append(node)
        elif isinstance(node, ast.ImportFrom) and {(node.module, alias.name) for alias in node.names} & NAMES:
            found.append(node)
        elif isinstance(node, ast.keyword) and node.arg in DATABASE_CLOCKS:
            found.append(node.value)
        elif isinstance(node, ast.Name) and node.id in {"Now", "CurrentTimestamp"}:
            found.append(node)
    converted = {
        id(call.func)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and call.args
        and dotted(call.func).endswith(("localtime", "localdate", "strftime"))
    }
    return [node for node in found if id(node) not in converted]


@pytest.mark.parametrize(
    "code",
    [
        "x = datetime.now()", "x = datetime.datetime.now(tz=UTC)", "x = date.today()", "x = timezone.now()",
        "field = F(default=timezone.now)",
        "from django.utils.timezone import now", "t = time.time()", "at = DateTimeField(auto_now_add=True)", "Now()",
        "x = timezone.localdate()",
    ],
)  # fmt: skip
def test_the_check_sees_a_reader(code):
    assert readings(ast.parse(code))


def test_the_check_lets_a_conversion_pass():
    assert not readings(ast.parse("x = timezone.localtime(moment); y = clock.now(); z = time.monotonic()"))


def test_nobody_else_reads_the_clock():
    offenders = [
        place(path, node) for path in python_files() if short(path) not in ALLOWED for node in readings(parsed(path))
    ]
    assert not offenders, "portal.kernel.clock.now() is the reader; remove: " + ", ".join(offenders)
