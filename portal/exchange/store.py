"""Where the files of exports lie: private, named beyond guessing, and whole: what is being written has another name."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings

#: Ends the name of a file that is being written.
PART = ".part"


def folder() -> Path:
    """Private to the portal's own account; no web server serves it."""
    path = Path(settings.MEDIA_ROOT) / "exports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def path_of(name: str) -> Path:
    return folder() / name


@contextmanager
def new_file(kind: str) -> Iterator[tuple[str, IO[bytes]]]:
    """The name that the file will have, and where to write it. A killed process leaves its half file to `sweep`."""
    name = f"{secrets.token_hex(24)}.{kind}"
    part = path_of(name + PART)
    handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as target:
            yield name, target
    finally:
        part.unlink(missing_ok=True)


def keep(name: str) -> None:
    """The file is whole: give it its name, in one step."""
    path_of(name + PART).rename(path_of(name))


def drop(name: str) -> None:
    """The file goes, if it is there."""
    if name:
        path_of(name).unlink(missing_ok=True)


def sweep(known: set[str], older_than: float) -> int:
    """Remove what a killed worker left: what no row names, last written before the moment (seconds)."""
    swept = 0
    for path in folder().iterdir():
        try:
            if path.name in known or _written(path) >= older_than:
                continue
            if path.is_dir():  # where an xlsx keeps its rows meanwhile
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
        except FileNotFoundError:  # finished while we looked
            continue
        swept += 1
    return swept


def _written(path: Path) -> float:
    """When it was last written; of a folder, whatever lies in it."""
    return max(one.stat().st_mtime for one in (path, *(path.iterdir() if path.is_dir() else ())))
