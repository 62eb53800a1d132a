"""What each bad file of ``tests/bad`` costs its reader: ``python tests/faults/bad_cost.py [--all]``.

Every file is parsed in a process of its own, as the program does: seconds of the processor, and how much the
process grew at its greatest. A process that takes more memory or time than anybody should is ended; that, or a
traceback, fails the script. The figures to reach are 100 ms and 200 MB; which files miss them is printed.
"""

from __future__ import annotations

import gc
import os
import resource
import sys
import time
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from oncall_cli.model.incident import Incident
from oncall_cli.repository.parse import problems_in
from tests.repository.corpus import CORPUS, BadFile

MILLISECONDS, MEGABYTES = 100, 200
# How far a parse may go before its process is ended: a hang or an explosion, not a slow machine.
MOST_SECONDS, MOST_BYTES = 20, 1 << 30


class Cost(NamedTuple):
    """What one file took."""

    name: str
    milliseconds: float
    megabytes: float
    failed: bool

    @property
    def too_much(self) -> bool:
        """Whether it is beyond the figures to reach."""
        return self.milliseconds > MILLISECONDS or self.megabytes > MEGABYTES


def measured(bad: BadFile) -> Cost:
    """Parse the file in a child of this process, and return what it took."""
    data = bad.data()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _parse_and_tell(bad.at, data, writer)
    os.close(writer)
    with os.fdopen(reader) as told:
        said = told.read().split()
    _, status = os.waitpid(child, 0)
    seconds, grown = (float(each) for each in said) if len(said) == 2 else (float("inf"), float("inf"))
    return Cost(bad.name, seconds * 1000, grown / 1024, status != 0)


def _parse_and_tell(path: str, data: bytes, writer: int) -> None:
    code = 1
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES, MOST_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        begin = time.process_time()
        problems_in(path, data)
        took = time.process_time() - begin
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        os.write(writer, f"{took} {grown}".encode())
        code = 0
    finally:
        os._exit(code)


def main() -> int:
    """Print the table, dearest first; fail when a file hangs the reader, explodes or raises."""
    # as the program's own main does
    gc.set_threshold(500_000)
    for path in ("rotations/people/a.yaml", "rotations/a/rotation.yaml", "runbooks/a.md"):
        problems_in(path, b"name: Warm\nnme: up\ntimezone: Mars\n")
    Incident.model_rebuild()
    costs = sorted(map(measured, CORPUS), key=attrgetter("milliseconds"), reverse=True)
    print(f"{'file':42} {'ms':>8} {'MB':>8}")
    for cost in costs if "--all" in sys.argv else costs[:25]:
        mark = "  FAILED" if cost.failed else "  beyond the figures" if cost.too_much else ""
        print(f"{cost.name:42} {cost.milliseconds:8.1f} {cost.megabytes:8.1f}{mark}")
    beyond = sum(cost.too_much for cost in costs)
    print(f"{len(costs)} files, {beyond} beyond {MILLISECONDS} ms or {MEGABYTES} MB")
    return int(any(cost.failed for cost in costs))


if __name__ == "__main__":
    sys.exit(main())
