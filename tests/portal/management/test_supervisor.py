"""Children are kept alive, given up with a reason, and never left behind."""

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from portal.management import supervisor
from portal.management.supervisor import Child, Supervisor, describe


@pytest.fixture(autouse=True)
def _signals():
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(supervisor, "POLL_S", 0.01)
    monkeypatch.setattr(supervisor, "GRACE_S", 0.5)
    monkeypatch.setattr(supervisor.time, "sleep", lambda seconds: threading.Event().wait(min(seconds, 0.01)))


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def is_alive(child: Child) -> bool:
    return child.process is not None and child.process.poll() is None


def test_a_signal_stops_every_child(quick):
    children = [Child(name, python("import time; time.sleep(60)")) for name in ("web", "worker")]
    threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGTERM)).start()
    assert Supervisor(children, print).run() == 0
    assert not any(is_alive(child) for child in children)


def test_a_child_that_ignores_the_wish_is_killed(quick):
    said = []
    stubborn = Child(
        "web", python("import signal,time; signal.signal(15, signal.SIG_IGN); print(1, flush=True); time.sleep(60)")
    )
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    assert Supervisor([stubborn], said.append).run() == 0
    assert not is_alive(stubborn)
    assert "killing" in said[-1]


def test_a_child_that_will_not_live_stops_everything_with_its_reason(quick):
    said = []
    good = Child("web", python("import time; time.sleep(60)"))
    bad = Child("worker", python("raise SystemExit(7)"))
    assert Supervisor([good, bad], said.append).run() == 1
    assert not is_alive(good)
    assert "worker" in said[-1]
    assert "exit code 7" in said[-1]
    assert sum("starting it again" in words for words in said) == supervisor.MAX_ENDS


def test_ends_far_apart_are_forgiven():
    child = Child("worker", [])
    assert not any(child.ends_too_often(supervisor.WINDOW_S * 2 * turn) for turn in range(20))


def test_a_child_dies_with_a_killed_supervisor(tmp_path):
    note = tmp_path / "pid"
    sleeper = f"import os, pathlib, time; pathlib.Path({str(note)!r}).write_text(str(os.getpid())); time.sleep(60)"
    code = (
        "import sys; from portal.management.supervisor import Child, Supervisor;"
        f"Supervisor([Child('x', [sys.executable, '-c', {sleeper!r}])], print).run()"
    )
    parent = Child("supervisor", python(code))
    parent.start()
    wait_for(lambda: note.exists() and note.read_text())
    pid = int(note.read_text())
    parent.signal(signal.SIGKILL)
    parent.process.wait()
    wait_for(lambda: not runs(pid))


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize(("code", "words"), [(3, "exit code 3"), (-9, "killed by SIGKILL")])
def test_exit_codes_in_words(code, words):
    assert describe(code) == words
