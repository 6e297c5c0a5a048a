"""Every transition has an action that makes it, a sentence in the journal, and a test that names it."""

import ast
from importlib import import_module

import pytest
from django.apps import apps
from django_fsm import FSMField

from portal.journal import verbs
from tests.house.tree import APPS, parsed, python_files, short

MACHINES = [m for m in apps.get_models() if any(isinstance(field, FSMField) for field in m._meta.fields)]


def words(app: str, *folders: str) -> set[str]:
    """Every string and every called or decorated name below folders."""
    found: set[str] = set()
    for path in python_files(*folders):
        if app in short(path).split("/"):
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found.add(node.value)
                elif isinstance(node, ast.Attribute):
                    found.add(node.attr)
                elif isinstance(node, ast.Name):
                    found.add(node.id)
    return found


def transitions() -> list[tuple[str, str]]:
    """(app, transition) of every machine of ours."""
    machines = [model for model in MACHINES if model._meta.app_label in APPS and hasattr(model, "transition_labels")]
    return sorted((model._meta.app_label, name) for model in machines for name, _ in model.transition_labels())


def test_there_are_machines():
    assert ("tickets", "accept") in transitions()


@pytest.mark.parametrize(("app", "name"), transitions())
def test_every_transition_is_whole(app, name):
    import_module(f"{app}.actions")
    lacks = []
    if name not in verbs.registered():
        lacks.append("a sentence (journal verb)")
    if name not in words(app, f"{app}/actions"):
        lacks.append("an action")
    if name not in words(app, "tests"):
        lacks.append("a test")
    assert not lacks, f"{app} transition {name!r} lacks {', '.join(lacks)}"


def test_sentences_can_be_filled():
    for code, verb in verbs.registered().items():
        assert str(verb.label)
        assert verbs.sentence(code, "Li", {}), code
