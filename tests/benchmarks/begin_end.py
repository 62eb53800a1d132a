"""Figure 4: what ``oncall start`` and ``end`` cost beyond ``git add`` and ``git commit`` of one file in the same team.

python -m tests.benchmarks --only 4
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.benchmarks.figure import Bench, Figure
from tests.benchmarks.measure import Cost, Program, Work, process, ratio_of
from tests.benchmarks.sizes import SMALL, of_files, team_of
from tests.benchmarks.team import TODAY, member

_MIDDLE = 10_000
_ROTATION, _NOTE = "r0", "runbooks/api.md"
# after as many weeks the same person's turn begins again
_WEEKS = 6


def begin_and_end(bench: Bench) -> Iterator[Figure]:
    """Measure both commands in teams of three sizes; they and git take turns in each round."""
    for files in dict.fromkeys((SMALL, min(_MIDDLE, bench.files), bench.files)):
        yield from _measured(bench, files)


def _measured(bench: Bench, files: int) -> Iterator[Figure]:
    root, person = of_files(bench, files), member(team_of(files), 0, TODAY)
    bare, git = bench.program.bare(), _git(root)
    begun: list[tuple[Cost, Cost]] = []
    ended: list[tuple[Cost, Cost]] = []
    for start, end in _watches(bench.program, root, person, bench.rounds + 1):
        unit, one, other, by_git = bare(), start(), end(), git()
        begun.append((one.beyond(by_git), unit))
        ended.append((other.beyond(by_git), unit))
    for name, pairs in (("start", begun), ("end", ended)):
        yield Figure(4, f"`{name}` beyond git, {files:,} files", "x bare Python", 12, ratio_of(pairs[1:]))


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
