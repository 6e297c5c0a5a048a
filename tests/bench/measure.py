"""Take times in turns with the bare view, so that a noisy machine disturbs both alike; print them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter, process_time
from typing import Any

from django.db import connection

Run = Callable[[], Any]
#: What the bare view took where the yardsticks were taken. Goals in milliseconds hold there: `standard` brings a
#: figure of this machine, whatever its speed and whoever else works on it, to that one.
BARE_MS = 9.0


@dataclass
class Sample:
    """Milliseconds of several runs; `bare` are those of the bare view between them, `work` is the processor's time."""

    name: str
    times: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    bare_work: list[float] = field(default_factory=list)
    queries: int = 0

    @property
    def middle(self) -> float:
        return median(self.times)

    @property
    def ratio(self) -> float:
        """How many bare views this costs: by the fastest run of each, which others disturbed least."""
        return min(self.times) / min(self.bare) if self.bare else 0.0

    @property
    def work_ratio(self) -> float:
        """The same by processor time, which no neighbour lengthens much; it knows neither disk nor server."""
        return median(self.work) / median(self.bare_work) if self.bare_work else 0.0

    @property
    def standard(self) -> float:
        """Milliseconds on a machine that needs BARE_MS for the bare view."""
        return BARE_MS * self.ratio

    def numbers(self) -> str:
        """min, median, max."""
        return f"{min(self.times):7.1f} {self.middle:7.1f} {max(self.times):7.1f}"


def timed(run: Run) -> float:
    """Milliseconds of one run."""
    return spent(run)[0]


def spent(run: Run) -> tuple[float, float]:
    """Milliseconds of one run, and those of the processor."""
    began, worked = perf_counter(), process_time()
    run()
    return 1000 * (perf_counter() - began), 1000 * (process_time() - worked)


def measure(name: str, run: Run, runs: int, bare: Run | None = None) -> Sample:
    """One run for nothing, one to count queries, then `runs` in turns with the bare view."""
    run()
    with counted() as queries:
        run()
    sample = Sample(name, queries=len(queries))
    for _ in range(runs):
        if bare:
            _note(bare, sample.bare, sample.bare_work)
        _note(run, sample.times, sample.work)
    return sample


def _note(run: Run, times: list[float], work: list[float]) -> None:
    took, worked = spent(run)
    times.append(took)
    work.append(worked)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent inside the block."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def heading(words: str) -> None:
    print(f"\n{words}\n{'-' * len(words)}", flush=True)


def say(words: str) -> None:
    print(words, flush=True)
