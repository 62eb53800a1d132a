"""The history of a large team, looked at by several processes, each of which takes a part at a time.

They read only; what they find is put together in the order in which one process would have found it. Where there are no
processes to be had, or one of them dies, this one looks at what is left.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from pathlib import Path

from oncall_cli.model.time import Instant
from oncall_cli.repository.files import WorkTree
from oncall_cli.repository.inspection import Inspection, Part

# Fewer files are read before another process has begun.
_FEW = 20_000
_MOST_PROCESSES = 8
# A fork begins at once; on macOS and Windows only a new interpreter is safe.
_WAY = "fork" if sys.platform == "linux" else "spawn"


def looked_at(inspection: Inspection, parts: Sequence[tuple[str, str]], total: int) -> Iterator[Part]:
    """Yield what is found in each part of the history, in their order."""
    workers = min(_processors(), _MOST_PROCESSES, len(parts))
    done = 0
    if total > _FEW and workers > 1 and isinstance(inspection.kept.below, WorkTree):
        try:
            for part in _by_others(inspection, parts, workers):
                yield part
                done += 1
        except (BrokenExecutor, OSError, ImportError, RuntimeError):
            # what is wrong with a file is no exception, so that this is wrong with the machine
            pass
    for name, kind in parts[done:]:
        yield inspection.look_at(name, kind)


def _by_others(inspection: Inspection, parts: Sequence[tuple[str, str]], workers: int) -> Iterator[Part]:
    begin = (inspection.repository.root, inspection.records.now)
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context(_WAY), _begin, begin)
    try:
        yield from pool.map(_look_at, parts)
    finally:
        pool.shutdown(cancel_futures=True)


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_OWN: list[Inspection] = []
"""The inspection of a process that looks at parts for another one."""


def _begin(root: Path, now: Instant) -> None:
    # whoever interrupts the command means the process that he sees; it ends the others
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _OWN[:] = [Inspection(root, WorkTree(root), now)]


def _look_at(part: tuple[str, str]) -> Part:
    return _OWN[0].look_at(*part)
