"""Four processes that write into the log of one shift, in one clone, as fast as they can.

    python tests/faults/four.py [lines of each]

Every line goes through the whole command. Prints how many were acknowledged, how many of them are in the history, and
how long a line took.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.commands.shift_team import CAROL
from tests.faults import mess
from tests.faults.environment import plain_environment
from tests.faults.scenarios import team

PEOPLE = ("alice", "bob", "carol", "jo")
_LINES = 250


class Result(NamedTuple):
    """What came of the lines that four processes wrote."""

    asked: int
    acknowledged: frozenset[str]
    commits: tuple[str, ...]
    log: str
    status: str
    merges: int
    refused: int
    longest: float

    def lost(self) -> list[str]:
        """Return the acknowledged lines that are not in exactly one commit and once in the log."""
        written = [line.strip() for line in self.log.splitlines()]
        return sorted(
            line
            for line in self.acknowledged
            if written.count(f"text: {line}") != 1 or sum(one.endswith(f": {line}") for one in self.commits) != 1
        )


def write(person: str, lines: int) -> None:
    """Be one of the processes: write lines into the log, one that is refused again; print those that are made."""
    from oncall_cli import app

    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    left = list(range(lines))
    while left:
        begin = time.perf_counter()
        with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            code = app.run(["log", "--as", person, f"{person} {left[0]}"])
        line = f"{person} {left.pop(0)}" if code == 0 else ""
        print(line, time.perf_counter() - begin, sep="\t", file=out, flush=True)


def four(root: Path, lines: int) -> Result:
    """Let the processes write all at once, and look at what is there."""
    team(root)
    before = mess.git(root, "status", "--porcelain=v2")
    running = [_start(root, person, lines) for person in PEOPLE]
    told = [row.split("\t") for process in running for row in process.communicate()[0].splitlines()]
    after = mess.git(root, "status", "--porcelain=v2")
    return Result(
        asked=lines * len(PEOPLE),
        acknowledged=frozenset(line for line, _ in told if line),
        commits=tuple(mess.git(root, "log", "--format=%s").splitlines()[:-1]),
        log=(root / CAROL).read_text(encoding="utf-8"),
        status="" if after == before else after,
        merges=int(mess.git(root, "rev-list", "--count", "--merges", "HEAD")),
        refused=sum(not line for line, _ in told),
        longest=max(float(seconds) for _, seconds in told),
    )


def _start(root: Path, person: str, lines: int) -> subprocess.Popen[str]:
    words = [sys.executable, __file__, "--as", person, str(lines)]
    return subprocess.Popen(words, cwd=root, env=plain_environment(), stdout=subprocess.PIPE, encoding="utf-8")


def main() -> int:
    if sys.argv[1:2] == ["--as"]:
        write(sys.argv[2], int(sys.argv[3]))
        return 0
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else _LINES
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter()
        result = four(Path(folder) / "team", lines)
        seconds = time.perf_counter() - begin
    print(f"{len(result.acknowledged)} of {result.asked} acknowledged, {result.refused} after having been refused")
    print(f"{len(result.commits)} commits, lost: {len(result.lost())}")
    print(f"{seconds:.0f} s, {seconds / result.asked * 1000:.0f} ms a line, the longest wait {result.longest:.1f} s")
    print(f"merges: {result.merges}; the user's own files: {result.status or 'as they were'}")
    return 0 if len(result.acknowledged) == result.asked and not result.lost() else 1


if __name__ == "__main__":
    sys.exit(main())
