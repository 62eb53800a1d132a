"""The teams that the figures are measured on, each made when it is first needed."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.figure import Bench
from tests.benchmarks.team import MEMBERS, Size, make_team

SMALL = 100


def team_of(files: int) -> Size:
    """Return the size of a team that has about so many files: up to twenty rotations, ten years from 10,000 on."""
    rotations = max(1, min(20, files // SMALL))
    others = rotations * (MEMBERS + 1) + MEMBERS + 1
    return Size(rotations, years=10 if files > 10_000 else 2, records=max(0, files - others))


def of_files(bench: Bench, files: int) -> Path:
    """Return the team of so many files."""
    return _made(bench, f"files-{files}", team_of(files))


def small(bench: Bench) -> Path:
    """Return the team of 100 files."""
    return of_files(bench, SMALL)


def large(bench: Bench) -> Path:
    """Return the large team."""
    return of_files(bench, bench.files)


def wide(bench: Bench) -> Path:
    """Return the team of many rotations, of a company in which people stand in several of them."""
    return _made(bench, "wide", Size(bench.rotations, years=1, people=bench.rotations * 2))


def _made(bench: Bench, name: str, size: Size) -> Path:
    root = bench.folder / name
    return root if root.exists() else make_team(root, size)
