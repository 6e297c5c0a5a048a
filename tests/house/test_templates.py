"""Every template that is named exists, and every template that exists is named."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.loaders.app_directories import get_app_template_dirs

from tests.house.tree import PACKAGES, ROOT, parsed, python_files, walk

NAME = re.compile(r"^[\w.{}%*-]+(?:/[\w.{}%()*-]+)*\.(?:html|txt|svg|xml|css)$")
TAG = re.compile(r"{%-?\s*(?:include|extends|partial|embed)\s+(['\"])(.+?)\1")
ANY_STRING = re.compile(r"['\"]([\w./-]+\.(?:html|txt|css|svg))['\"]")
#: Django itself asks for these.
BY_DJANGO = {"400.html", "403.html", "404.html", "500.html", "403_csrf.html", "registration/login.html"}


def template_dirs() -> list[Path]:
    roots = [ROOT / "templates", *(ROOT / name / "templates" for name in PACKAGES)]
    roots += sorted((ROOT / "portal").glob("*/templates"))
    return [root for root in roots if root.exists()]


def own_templates() -> set[str]:
    return {path.relative_to(root).as_posix() for root in template_dirs() for path in walk(root)}


def names_in_python(tree: ast.Module) -> Iterator[str]:
    """Strings that look like a template's name; what an f-string or % fills in becomes `*`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            text = "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = re.sub(r"%\(?\w*\)?[sd]|\{\w*\}", "*", node.value)
        else:
            continue
        if NAME.match(text):
            yield text


def names_in_template(text: str) -> Iterator[str]:
    yield from (match.group(2) for match in TAG.finditer(text))


def used_names() -> set[str]:
    used = {name for path in python_files() for name in names_in_python(parsed(path))}
    for root in template_dirs():
        for path in walk(root):
            used.update(ANY_STRING.findall(path.read_text(encoding="utf-8")))
    return used


def matches(name: str, used: set[str]) -> bool:
    if name in used or name in BY_DJANGO:
        return True
    patterns = [re.escape(pattern).replace(r"\*", r"[\w.-]*") for pattern in used if "*" in pattern]
    return any(re.fullmatch(pattern, name) for pattern in patterns)


def overrides_another(name: str) -> bool:
    """A template of the same name in an installed package is replaced on purpose."""
    foreign = [Path(folder) for folder in get_app_template_dirs("templates") if ROOT not in Path(folder).parents]
    foreign += [Path(folder) for folder in get_app_template_dirs("templates") if ".venv" in Path(folder).parts]
    return any((folder / name).exists() for folder in foreign) or name.startswith("admin/")


def test_the_check_reads_names_of_every_kind():
    tree = ast.parse(
        "a = 'tickets/field/inbox.html'\nb = f'tickets/pdf/form{n}.html'\nc = 'x/%s.html' % y\nd = 'hello'"
    )
    assert set(names_in_python(tree)) == {"tickets/field/inbox.html", "tickets/pdf/form*.html", "x/*.html"}
    assert list(names_in_template("{% extends 'base.html' %}{% include \"a/_b.html\" with x=1 %}")) == [
        "base.html",
        "a/_b.html",
    ]
    assert matches("tickets/pdf/form4.html", {"tickets/pdf/form*.html"})
    assert not matches("tickets/pdf/extra/form4.html", {"tickets/pdf/form*.html"})


def test_no_template_is_unused():
    used = used_names()
    unused = sorted(name for name in own_templates() if not matches(name, used) and not overrides_another(name))
    assert not unused, "nobody names these: " + ", ".join(unused)


def test_no_template_is_missing():
    own = own_templates()
    named = {name for path in python_files() for name in names_in_python(parsed(path)) if name.endswith(".html")}
    for root in template_dirs():
        for path in walk(root):
            named.update(names_in_template(path.read_text(encoding="utf-8")))
    missing = sorted(name for name in named if "*" not in name and name not in own and not overrides_another(name))
    assert not missing, "named but not there: " + ", ".join(missing)


def test_every_pattern_of_names_meets_a_template():
    own = own_templates()
    patterns = {
        name for path in python_files() for name in names_in_python(parsed(path)) if "*" in name and "/" in name
    }
    lost = [
        pattern
        for pattern in sorted(patterns)
        if pattern.endswith(".html") and not any(matches(n, {pattern}) for n in own)
    ]
    assert not lost, "no template fits: " + ", ".join(lost)
