"""What ``oncall start`` and ``end`` cost beyond ``git add`` and ``git commit`` of one file in the same repository.

    python -m tests.benchmarks.begin_end [rounds] [files ...]

The unit is the start of a Python that does nothing; the four take turns in each round.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.measure import ROUNDS, Cost, Program, Ratio, Work, process, ratio_of
from tests.benchmarks.team import TODAY, Size, make_team, member

SIZES = (100, 10_000, 100_000)
_ROTATION, _NOTE = "r0", "runbooks/api.md"
# after as many weeks the same person's turn begins again
_WEEKS = 6


class BeginEnd(NamedTuple):
    """How many times a bare Python both commands cost beyond git."""

    files: int
    start: Ratio
    end: Ratio


def measured(program: Program, folder: Path, files: int, rounds: int = ROUNDS) -> BeginEnd:
    """Make a team of so many files and measure both commands in it."""
    size = team_of(files)
    root = make_team(folder, size)
    bare, git = program.bare(), _git(root)
    begun: list[tuple[Cost, Cost]] = []
    ended: list[tuple[Cost, Cost]] = []
    for start, end in _watches(program, root, member(size, 0, TODAY), rounds + 1):
        unit, one, other, by_git = bare(), start(), end(), git()
        begun.append((one.beyond(by_git), unit))
        ended.append((other.beyond(by_git), unit))
    return BeginEnd(files, ratio_of(begun[1:]), ratio_of(ended[1:]))


def team_of(files: int) -> Size:
    """Return the size of a team that has about so many files."""
    rotations = max(1, min(20, files // 100))
    return Size(rotations, years=10 if files > 10_000 else 2, records=max(0, files - 7 * rotations - 7))


def _watches(program: Program, root: Path, person: str, count: int) -> Iterator[tuple[Work, Work]]:
    """Yield what begins and what ends a watch, each in another turn of the same person."""
    for number in range(count):
        day = TODAY + timedelta(weeks=_WEEKS * number)
        start = program.run(root, "start", _ROTATION, "--as", person, now=f"{day}T15:00:00Z")
        end = program.run(root, "end", _ROTATION, "--as", person, "-m", "Quiet", now=f"{day}T20:00:00Z")
        yield start, end


def _git(root: Path) -> Work:
    """Return the change of one file, added and committed by git alone, as work."""
    add, commit = (
        process(["git", *words], root) for words in (("add", "--", _NOTE), ("commit", "--quiet", "--message", "Note"))
    )

    def once() -> Cost:
        with (root / _NOTE).open("a", encoding="utf-8") as file:
            file.write("Roll back again.\n")
        added, committed = add(), commit()
        return Cost(added.processor + committed.processor, added.clock + committed.clock)

    return once


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    for files in [int(word) for word in sys.argv[2:]] or SIZES[:2]:
        with tempfile.TemporaryDirectory() as folder:
            found = measured(Program(), Path(folder), files, rounds)
        print(f"{files:7,} files  start {found.start}")
        print(f"{'':7}        end   {found.end}")


if __name__ == "__main__":
    main()
