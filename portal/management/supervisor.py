"""Keeps a few child processes alive until told to stop; used by `run_portal` only."""

import ctypes
import os
import signal
import subprocess
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

#: A child that ends more often than this within the window has a reason that another start does not mend.
MAX_ENDS = 5
WINDOW_S = 60.0
GRACE_S = 15.0
POLL_S = 0.2

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    """Runs in the child: were the supervisor killed outright, nobody else would stop the children."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program, its process and the moments (monotonic seconds) at which it ended."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    ends: deque[float] = field(default_factory=deque)

    def start(self) -> None:
        """Start in a process group of its own, so that Ctrl-C reaches the supervisor alone and it stops each once."""
        self.process = subprocess.Popen(list(self.command), process_group=0, preexec_fn=_die_with_parent)  # noqa: PLW1509

    def signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, number)

    def ends_too_often(self, moment: float) -> bool:
        """Note an end and say whether to give up."""
        self.ends.append(moment)
        while moment - self.ends[0] > WINDOW_S:
            self.ends.popleft()
        return len(self.ends) > MAX_ENDS


def describe(code: int) -> str:
    """An exit code in words."""
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


class Supervisor:
    """Starts the children, starts again what ends, stops all on SIGINT, SIGTERM or SIGHUP."""

    def __init__(self, children: Sequence[Child], say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say
        self.stopping = False

    def run(self) -> int:
        """Serve until a signal; answer 0 after a wished stop, 1 when a child would not live."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._stop)
        try:
            for child in self.children:
                child.start()
            return self._watch()
        finally:
            self._end_all()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _watch(self) -> int:
        while not self.stopping:
            for child in self.children:
                if not self._keep_alive(child):
                    return 1
            time.sleep(POLL_S)
        return 0

    def _keep_alive(self, child: Child) -> bool:
        code = child.process.poll() if child.process else None
        if code is None or self.stopping:
            return True
        if child.ends_too_often(time.monotonic()):
            self.say(
                f"{child.name} ended {len(child.ends)} times within a minute ({describe(code)}): stopping everything."
            )
            return False
        self.say(f"{child.name} ended ({describe(code)}): starting it again ({len(child.ends)} of {MAX_ENDS}).")
        time.sleep(min(len(child.ends), 3))
        child.start()
        return True

    def _end_all(self) -> None:
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_S
        for child in self.children:
            if child.process is None:
                continue
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"{child.name} does not stop within {GRACE_S:.0f} s: killing it.")
                child.signal(signal.SIGKILL)
                child.process.wait()
