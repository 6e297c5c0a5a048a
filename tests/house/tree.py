"""The repository as the house tests see it: files, syntax trees, texts. Nothing here imports the product."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("partners", "tickets", "kpi")
PACKAGES = ("portal", *APPS)
SKIPPED = {"node_modules", "var", "__pycache__", "htmlcov"}
TEXTS = {
    ".py",
    ".html",
    ".txt",
    ".md",
    ".toml",
    ".js",
    ".mjs",
    ".css",
    ".sh",
    ".po",
    ".json",
    ".in",
    ".svg",
    ".csv",
    "",
}


def walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        hidden = path.name.startswith(".") and path.name != ".ci"  # .venv, .git and the caches of tools
        if path.is_dir() and path.name not in SKIPPED and not hidden and not path.is_symlink():
            yield from walk(path)
        elif path.is_file() and path.name != ".git":
            yield path


@cache
def texts() -> tuple[Path, ...]:
    """Every text file of the repository."""
    return tuple(path for path in walk(ROOT) if path.suffix in TEXTS)


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files under the folders (default: the product), without migrations."""
    roots = [ROOT / name for name in folders or PACKAGES]
    found = (path for root in roots if root.exists() for path in walk(root) if path.suffix == ".py")
    return tuple(path for path in found if "migrations" not in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def place(path: Path, node: ast.AST) -> str:
    return f"{short(path)}:{getattr(node, 'lineno', 0)}"


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute, else an empty string."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return ""


def floor_of(path: Path) -> str:
    """The floor on which a file of an app stands: `rules` for tickets/rules/clock.py and tickets/rules.py."""
    return Path(short(path)).parts[1].removesuffix(".py")


def is_rule_file(path: Path) -> bool:
    return floor_of(path) == "rules" and short(path).split("/")[0] in APPS


REQUIREMENT = re.compile(r"\bR\d{3}\b")
