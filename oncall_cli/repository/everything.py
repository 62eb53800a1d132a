"""All that is wrong with what a team's repository says, for ``oncall check``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from oncall_cli.checks.ignores import held
from oncall_cli.checks.review import Review
from oncall_cli.checks.table import CODES, broken_rules, looked_for
from oncall_cli.errors import Problem
from oncall_cli.model.time import Instant
from oncall_cli.repository.files import Files, WorkTree
from oncall_cli.repository.inspection import Inspection
from oncall_cli.repository.looked_over import LookedOver, looked_over
from oncall_cli.repository.side_by_side import looked_at

# How many files have been looked at, of how many.
Progress = Callable[[int, int], None]


class Checked(NamedTuple):
    """What is wrong, by place; how many files were read, and how many findings the team wants ignored."""

    problems: list[Problem]
    files: int
    ignored: int = 0


def checked(root: Path, now: Instant, progress: Progress | None = None, *, remembers: bool = True) -> Checked:
    """Hold the files of the work tree to the rules, and the schedule from ``now`` on."""
    return verdict(inspected(root, WorkTree(root), now, progress, remembers=remembers))


def all_problems(root: Path, files: Files, now: Instant, *, remembers: bool = True) -> list[Problem]:
    """Return everything that is wrong in one state of a team's files, but for what is ignored, by place."""
    return verdict(inspected(root, files, now, remembers=remembers)).problems


def inspected(
    root: Path, files: Files, now: Instant, progress: Progress | None = None, *, remembers: bool = True
) -> Inspection:
    """Return an inspection that has gone through all files, but for those of which it is known what is in them."""
    inspection = Inspection(root, files, now)
    memory = looked_over(inspection) if remembers else None
    left = []
    for part in inspection.parts():
        known = memory.known(*part) if memory else None
        if known:
            inspection.add(*part, known)
        else:
            left.append(part)
    _look_at(inspection, left, memory, progress)
    inspection.rest()
    return inspection


def _look_at(
    inspection: Inspection, parts: Sequence[tuple[str, str]], memory: LookedOver | None, progress: Progress | None
) -> None:
    done, total = 0, sum(inspection.kept.count(f"rotations/{name}/{kind}") for name, kind in parts)
    if memory:
        memory.begin()
    for part, found in zip(parts, looked_at(inspection, parts, total), strict=True):
        inspection.add(*part, found)
        if memory:
            memory.note(*part, found)
        done += len(found.paths)
        if progress:
            progress(done, total)
    if memory:
        memory.save()


def verdict(inspection: Inspection, review: Review | None = None) -> Checked:
    """Return everything that is wrong, in the files themselves and by the rules, but for what is ignored."""
    repository, records = inspection.repository, inspection.records
    told = (*repository.problems, *inspection.strays, *broken_rules(records, review), *inspection.found)
    found = list(dict.fromkeys(told))
    left = held(found, inspection.ignores, CODES, looked_for(records.team, compared=review is not None))
    problems = sorted(left.problems, key=lambda problem: (problem.place, problem.code))
    return Checked(problems, len(repository.paths_read) + inspection.known, left.ignored)
