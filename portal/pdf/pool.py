"""One warm child for each process: started when first needed, killed at its limits, started anew after that."""

import contextlib
import os
import select
import subprocess
import sys
import threading
import time
from pathlib import Path

from django.utils.translation import gettext as _

from portal.kernel.errors import PortalError
from portal.pdf.worker import LENGTH, unpack

START_SECONDS = 30
CHUNK = 1 << 16


class PdfFailed(PortalError):
    """The document could not be made; the message says why in words. 500 for pages, 'failed' for tasks."""

    status = 500


class Child:
    """A rendering process and the two pipes to it."""

    def __init__(self, static: Path, fonts: Path, megabytes: int) -> None:
        self.megabytes = megabytes
        root = Path(__file__).resolve().parent.parent.parent
        self.process = subprocess.Popen(
            [sys.executable, "-m", "portal.pdf.worker", str(static), str(fonts), str(megabytes)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, close_fds=True, start_new_session=True,
        )  # fmt: skip
        if self._receive(time.monotonic() + START_SECONDS) != b"ready":
            raise self._failure(_("The PDF process did not start."))

    def render(self, html: str, seconds: float) -> tuple[bool, dict[str, object], bytes]:
        """Send a document and wait for the answer; raises PdfFailed at a limit, and the child is gone then."""
        content = html.encode("utf-8")
        deadline = time.monotonic() + seconds
        try:
            self._send(LENGTH.pack(len(content)) + content, deadline)
            return unpack(self._receive(deadline))
        except OSError as error:
            raise self._failure(_("The PDF process stopped.")) from error

    def _send(self, content: bytes, deadline: float) -> None:
        pipe, rest = self.process.stdin.fileno(), memoryview(content)
        os.set_blocking(pipe, False)
        while rest:
            self._wait([], [pipe], deadline)
            with contextlib.suppress(BlockingIOError):
                rest = rest[os.write(pipe, rest[:CHUNK]) :]

    def _receive(self, deadline: float) -> bytes:
        head = self._read(LENGTH.size, deadline)
        return self._read(LENGTH.unpack(head)[0], deadline)

    def _read(self, size: int, deadline: float) -> bytes:
        pipe, parts, missing = self.process.stdout.fileno(), [], size
        while missing:
            self._wait([pipe], [], deadline)
            part = os.read(pipe, min(missing, CHUNK))
            if not part:
                raise self._failure(_("The PDF process stopped."))
            parts.append(part)
            missing -= len(part)
        return b"".join(parts)

    def _wait(self, reading: list[int], writing: list[int], deadline: float) -> None:
        while not any(select.select(reading, writing, [], 0.25)[:2]):
            if time.monotonic() > deadline:
                raise self._failure(_("The document took too long to make and was stopped."))
            if self.resident_mb() > self.megabytes:
                raise self._failure(_("The document needed too much memory and was stopped."))

    def resident_mb(self) -> float:
        """Memory in use, in MB; 0 where the system does not say."""
        try:
            pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        except (OSError, ValueError, IndexError):
            return 0
        return pages * os.sysconf("SC_PAGE_SIZE") / 1024 / 1024

    def _failure(self, words: str) -> PdfFailed:
        self.stop()
        return PdfFailed(words)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                pipe.close()

    @property
    def alive(self) -> bool:
        return self.process.poll() is None


class Pool:
    """The child of this process. Threads take turns; a forked process makes its own."""

    def __init__(self) -> None:
        self.lock, self.child, self.owner = threading.Lock(), None, os.getpid()

    def render(self, html: str, *, static: Path, fonts: Path, seconds: float, megabytes: int):  # noqa: ANN201
        """(good, note, pdf) from a warm child."""
        if self.owner != os.getpid():
            self.__init__()
        with self.lock:
            if self.child is not None and not self.child.alive:
                self.child.stop()
                self.child = None
            if self.child is None:
                self.child = Child(static, fonts, megabytes)
            return self.child.render(html, seconds)

    def close(self) -> None:
        """Stop the child; the next document starts a new one."""
        with self.lock:
            if self.child is not None and self.owner == os.getpid():
                self.child.stop()
            self.child = None


POOL = Pool()
