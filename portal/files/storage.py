"""Where the bytes lie, and how they vanish again when the change that brought them fails."""

import secrets
import weakref
from functools import partial

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, storages
from django.db import connection, transaction


def disk() -> Storage:
    """The storage of attachments."""
    return storages["default"]


def new_key() -> str:
    """192 random bits: knowing one key tells nothing of another."""
    return secrets.token_hex(24)


def path_of(key: str, folder: str = "") -> str:
    """Two letters as folder, the rest as name, so that no folder grows without end."""
    return f"{folder}{key[:2]}/{key[2:]}"


class _Keep:
    """Waits in the transaction's list of things to do after commit.

    Commit calls it, and the file stays. A rollback, of the whole or of a savepoint, drops it from the list; then
    nothing holds it any more, and the file goes.
    """

    def __init__(self, storage: Storage, path: str) -> None:
        self.discard = weakref.finalize(self, storage.delete, path)

    def __call__(self) -> None:
        self.discard.detach()


def write(key: str, content: File) -> None:
    """Write before the row commits; a rollback takes the file away. A file without a row is harmless, not so a row
    without its file."""
    path = path_of(key)
    storage = disk()
    written = storage.save(path, content)
    if written != path:
        storage.delete(written)
        raise FileExistsError(path)
    transaction.on_commit(_Keep(storage, path))
    if connection.in_atomic_block:
        # To the front: a hook of somebody else that raises would drop all that stand behind it.
        connection.run_on_commit.insert(0, connection.run_on_commit.pop())


def erase(key: str) -> None:
    """Take file and small picture away when the transaction that dropped their row commits; a rollback keeps them."""
    for path in (path_of(key), path_of(key, "thumbs/")):
        transaction.on_commit(partial(disk().delete, path), robust=True)


def open_file(key: str) -> File:
    """The stored bytes; FileNotFoundError when they are gone."""
    return disk().open(path_of(key), "rb")


def open_thumb(key: str) -> bytes | None:
    """The cached small picture, if it was made."""
    path = path_of(key, "thumbs/")
    if not disk().exists(path):
        return None
    with disk().open(path, "rb") as file:
        return file.read()


def write_thumb(key: str, content: bytes) -> None:
    """Cache a small picture; two requests at once leave one."""
    path = path_of(key, "thumbs/")
    written = disk().save(path, ContentFile(content))
    if written != path:
        disk().delete(written)
