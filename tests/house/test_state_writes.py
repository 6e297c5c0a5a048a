"""Nobody writes a state but `perform` through a transition (abuse case C10)."""

import ast
import re

import pytest

from tests.house.tree import dotted, parsed, place, python_files, short

WRITERS = {"update", "bulk_update", "update_or_create"}
SQL = re.compile(r"\bupdate\s+\S+\s+set\b[^;]*\bstate\b", re.IGNORECASE | re.DOTALL)
#: Where a state may be written outside a transition, with the reason.
ALLOWED = {
    "portal/workflow": "the corridor itself",
    "tickets/actions/import_log": "history is taken as it was: guards do not refuse what happened years ago",
    "kpi/actions/making.py": "how far a task has come with a report is no workflow: nobody decides it",
    "portal/exchange/making.py": "the same of a large export",
    "portal/exchange/jobs.py": "its cancelling, by the one person whom it concerns, under a lock and with an entry",
    "portal/exchange/tasks.py": "its file is deleted when its time is over",
    "portal/notify": "delivery state of a notice is no workflow",
    "portal/demo/notices.py": "the same, in the demonstration",
}


def writes(tree: ast.Module) -> list[ast.AST]:
    found: list[ast.AST] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITERS:
            if names_state(node):
                found.append(node)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.search(node.value):
            found.append(node)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            found += [t for t in targets if isinstance(t, ast.Attribute) and t.attr == "state" and not own_attribute(t)]
        elif isinstance(node, ast.Call) and dotted(node.func) == "setattr" and len(node.args) > 1:
            if isinstance(node.args[1], ast.Constant) and node.args[1].value == "state":
                found.append(node)
    return found


def own_attribute(target: ast.Attribute) -> bool:
    """`self.state = …` in a plain class, such as a clock being computed, is that object's own affair."""
    return isinstance(target.value, ast.Name) and target.value.id == "self"


def names_state(call: ast.Call) -> bool:
    if any(keyword.arg == "state" for keyword in call.keywords):
        return True
    if isinstance(call.func, ast.Attribute) and call.func.attr == "update_or_create":
        return any(k.arg == "defaults" and _has_state(k.value) for k in call.keywords)
    lists = [*call.args[1:], *(keyword.value for keyword in call.keywords if keyword.arg == "fields")]
    return call.func.attr == "bulk_update" and any(_has_state(item) for item in lists)  # type: ignore[attr-defined]


def _has_state(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Constant) and part.value == "state" for part in ast.walk(node))


def is_allowed(name: str) -> bool:
    return any(name == allowed or name.startswith(f"{allowed}/") for allowed in ALLOWED)


@pytest.mark.parametrize(
    "code",
    [
        "Ticket.objects.filter(pk=1).update(state='closed')",
        "Ticket.objects.bulk_update(rows, ['state', 'version'])",
        "Ticket.objects.bulk_update(rows, fields=['state'])",
        "Ticket.objects.update_or_create(number='x', defaults={'state': 'closed'})",
        "ticket.state = 'closed'",
        "setattr(ticket, 'state', 'closed')",
        "cursor.execute('UPDATE tickets_ticket SET state = 1')",
    ],
)
def test_c10_the_check_sees_a_write(code):
    assert writes(ast.parse(code))


@pytest.mark.parametrize("code", ["rows.update(title='x')", "self.state = 'running'", "facts.update(version=1)"])
def test_c10_the_check_lets_other_writes_pass(code):
    assert not writes(ast.parse(code))


def test_c10_no_state_is_written_outside_perform():
    offenders = [
        place(path, node) for path in python_files() if not is_allowed(short(path)) for node in writes(parsed(path))
    ]
    assert not offenders, "use perform() with a transition: " + ", ".join(offenders)
