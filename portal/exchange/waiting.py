"""An upload between its two steps: bound to one session, one person and one sheet, and gone soon (G08, G10)."""

import hashlib
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from portal.exchange import limits
from portal.kernel import clock

IN_SESSION = "exchange_waiting"
#: Uploads that may wait in one session; the oldest makes room.
MOST = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the session remembers of an upload; the browser holds the token only."""

    model: str
    user: int
    name: str
    digest: str


def folder() -> Path:
    """Private to the portal's own account; no web server serves it."""
    path = Path(settings.MEDIA_ROOT) / "waiting"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def keep(session: SessionBase, data: bytes, *, model: str, user: int, name: str) -> str:
    """Store the upload and answer the token of its confirmation."""
    purge()
    token = secrets.token_urlsafe(32)
    handle = os.open(_path(token), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as target:
        target.write(data)
    born = clock.now().timestamp()
    os.utime(_path(token), (born, born))  # its age is told by the portal's clock
    entries = dict(session.get(IN_SESSION, {}))
    for old in list(entries)[: max(0, len(entries) - MOST + 1)]:
        entries.pop(old)
        _path(old).unlink(missing_ok=True)
    entries[token] = asdict(Waiting(model, user, name[:120], hashlib.sha256(data).hexdigest()))
    session[IN_SESSION] = entries
    return token


def find(session: SessionBase, token: str, *, model: str, user: int) -> tuple[Waiting, bytes] | None:
    """The upload behind the token, if it is this session's, this person's and this sheet's, and unchanged."""
    entry: dict[str, Any] | None = session.get(IN_SESSION, {}).get(token)
    if entry is None:
        return None
    waiting = Waiting(**entry)
    try:
        data = _path(token).read_bytes()
    except FileNotFoundError:
        return None
    same = hashlib.sha256(data).hexdigest() == waiting.digest
    return (waiting, data) if same and waiting.model == model and waiting.user == user else None


def forget(session: SessionBase, token: str) -> None:
    """The upload was used or given up."""
    entries = dict(session.get(IN_SESSION, {}))
    if entries.pop(token, None) is not None:
        session[IN_SESSION] = entries
        _path(token).unlink(missing_ok=True)


def purge(hours: float = limits.WAITING_HOURS) -> int:
    """Remove uploads that nobody confirmed; answers how many."""
    oldest = clock.now().timestamp() - hours * 3600
    stale = [path for path in folder().iterdir() if path.stat().st_mtime < oldest]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _path(token: str) -> Path:
    """The file's name follows from the token but does not tell it."""
    return folder() / hashlib.sha256(token.encode()).hexdigest()
