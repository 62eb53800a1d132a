"""How the benchmarks measure: two ways take turns, and the figure is the median of the ratios of the rounds.

A machine that gets slower or faster does so for both of a pair. What a process costs is the processor time of itself
and of all that it started, which the neighbours on the machine cannot change much; how long it took is kept as well.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROUNDS = 15
_WATCH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


class Cost(NamedTuple):
    """What one piece of work cost: seconds of processor time, and seconds on the clock."""

    processor: float
    clock: float

    def beyond(self, other: Cost) -> Cost:
        """Return what this cost more than the other."""
        return Cost(self.processor - other.processor, self.clock - other.clock)


Work = Callable[[], Cost]


class Ratio(NamedTuple):
    """How many times the second of a pair the first cost: the median of the rounds, and the least and the most."""

    median: float
    least: float
    most: float
    clock: float
    """The median of the same by the clock."""
    rounds: int
    ours: Cost
    """The median cost of the first."""
    theirs: Cost
    """The median cost of the second."""

    def __str__(self) -> str:
        spread = f"{self.median:.2f} ({self.least:.2f} to {self.most:.2f}), by the clock {self.clock:.2f}"
        return f"{spread}; {_milliseconds(self.ours)} against {_milliseconds(self.theirs)}, {self.rounds} rounds"


class Program:
    """An installation of the program: its Python, and the command line that it installed."""

    def __init__(self, python: Path = Path(sys.executable)) -> None:
        self.python = python
        self.oncall = python.with_name("oncall")

    def bare(self) -> Work:
        """Return the start of a Python that does nothing, the unit of most figures."""
        return process([self.python, "-c", "pass"])

    def run(self, root: Path, *words: str, now: str, codes: Sequence[int] = (0,)) -> Work:
        """Return one call of the program in a team at a time."""
        return process([self.oncall, *words], root, {"ONCALL_NOW": now}, codes)


def process(
    command: Sequence[str | Path],
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
    codes: Sequence[int] = (0,),
) -> Work:
    """Return the run of a process as work; what it prints goes nowhere, and another exit code is an error."""
    given = {**os.environ, **(environment or {})}

    def once() -> Cost:
        before, begin = _children(), time.perf_counter()
        done = subprocess.run(command, cwd=folder, env=given, capture_output=True, stdin=subprocess.DEVNULL)
        cost = Cost(_children() - before, time.perf_counter() - begin)
        if done.returncode not in codes:
            raise RuntimeError(f"{command} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
        return cost

    return once


def in_process(call: Callable[[], object]) -> Work:
    """Return a call in this process as work; the throwing away of what it returns is not counted."""

    def once() -> Cost:
        gc.collect()
        begin, processor = time.perf_counter(), time.process_time()
        kept = call()
        cost = Cost(time.process_time() - processor, time.perf_counter() - begin)
        del kept
        return cost

    return once


def ratio(ours: Work, theirs: Work, rounds: int = ROUNDS, *, rehearsed: bool = True) -> Ratio:
    """Let the two take turns, at first once for nothing, and return how many times the second the first cost."""
    if rehearsed:
        ours(), theirs()
    return ratio_of([(ours(), theirs()) for _ in range(rounds)])


def ratio_of(pairs: Sequence[tuple[Cost, Cost]]) -> Ratio:
    """Return the ratio of costs that were measured in pairs."""
    each = [one.processor / other.processor for one, other in pairs]
    by_clock = statistics.median(one.clock / other.clock for one, other in pairs)
    ours, theirs = (_median(column) for column in zip(*pairs, strict=True))
    return Ratio(statistics.median(each), min(each), max(each), by_clock, len(pairs), ours, theirs)


def peak_memory(command: Sequence[str | Path], folder: Path, environment: Mapping[str, str]) -> int:
    """Return the most bytes that a process, or one that it started, held at a time.

    A small process stands between: the system counts what the one that starts another holds as that one's.
    """
    said = subprocess.run(
        [sys.executable, "-c", _WATCH, *command],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return int(said.stdout) * 1024


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _median(costs: Sequence[Cost]) -> Cost:
    return Cost(*(statistics.median(column) for column in zip(*costs, strict=True)))


def _milliseconds(cost: Cost) -> str:
    return f"{cost.processor * 1000:.1f} ms"
