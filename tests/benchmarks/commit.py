"""What a commit of ours costs, as a multiple of a bare ``git add`` and ``git commit`` in the same run.

    python tests/benchmarks/commit.py [rounds] [files ...]

One file of a repository of 100, and of 10,000 files is edited. The two take turns, so that a machine that gets slower
or faster does so for both; the figures are medians. ``git commit`` makes nothing durable but what it is told to, takes
no lock of ours and writes no journal: the ratio is the price of those.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from oncall_cli.repository.commit import Change, commit_change

OURS, THEIRS = "rotations/people/person-1.yaml", "rotations/people/person-2.yaml"


def git(root: Path, *words: str) -> None:
    """Run git, as somebody at the keyboard would."""
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True)


def repository(root: Path, files: int) -> None:
    """Make a repository of people, fifty to a folder but for the first."""
    git(root, "init", "--quiet", "--initial-branch=main")
    for name, value in (("user.name", "Alice"), ("user.email", "alice@example.com"), ("gc.auto", "0")):
        git(root, "config", name, value)
    for number in range(files):
        folder = root / "rotations" / ("people" if number < 50 else f"rotation-{number // 50}/notes")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"person-{number}.yaml").write_text(f"name: Person {number}\n")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Begin")


def bare(root: Path, number: int) -> None:
    """Write a file and commit it with git alone."""
    (root / THEIRS).write_text(f"name: Theirs {number}\n")
    git(root, "add", "--", THEIRS)
    git(root, "commit", "--quiet", "--message", "Edit")


def ours(root: Path, number: int) -> None:
    """Write a file and commit it by the protocol."""
    commit_change(root, Change({OURS: f"name: Ours {number}\n".encode()}, "Edit"))


def seconds(call: Callable[[Path, int], None], root: Path, number: int) -> float:
    """Return how long one commit took."""
    begin = time.perf_counter()
    call(root, number)
    return time.perf_counter() - begin


def processes(root: Path) -> int:
    """Return how many times git was started for one commit of ours, its own children counted too."""
    with tempfile.TemporaryDirectory() as traced:
        os.environ["GIT_TRACE2_EVENT"] = traced
        ours(root, -1)
        del os.environ["GIT_TRACE2_EVENT"]
        lines = [line for path in Path(traced).iterdir() for line in path.read_text().splitlines()]
    return sum(json.loads(line)["event"] == "start" for line in lines)


def main() -> None:
    """Print a line for each size."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for files in [int(word) for word in sys.argv[2:]] or [100, 10_000]:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            repository(root, files)
            pairs = [(seconds(ours, root, number), seconds(bare, root, number)) for number in range(rounds + 1)][1:]
            mine, floor = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
            ratio = statistics.median(mine / floor for mine, floor in pairs)
            print(
                f"{files:7,} files: {mine * 1000:4.0f} ms, {ratio:.1f} x `git add` and `git commit` "
                f"({floor * 1000:.0f} ms), {processes(root)} git processes, median of {rounds}"
            )


if __name__ == "__main__":
    main()
