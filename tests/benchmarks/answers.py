"""Figures 1, 2, 3 and 8: what is asked all day, from prompts, scripts and the keyboard."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.figure import Bench, Figure
from tests.benchmarks.measure import Work, process, ratio
from tests.benchmarks.sizes import large, small, wide
from tests.benchmarks.team import NOW

_PROJECT = Path(__file__).parent.parent.parent
_STALE = "tests/cache/test_never_stale.py"
_BARE = "x bare Python"


def who_is_on_call(bench: Bench) -> Iterator[Figure]:
    """Figure 1: one rotation, asked again."""
    few, many = (_asked(bench, root, "who", "r0") for root in (small(bench), large(bench)))
    bare = bench.program.bare()
    yield Figure(1, "`who ROTATION` again, 100 files", _BARE, 1.3, ratio(few, bare, bench.rounds))
    yield Figure(1, f"`who ROTATION` again, {bench.files:,} files", _BARE, 1.3, ratio(many, bare, bench.rounds))
    both = ratio(many, few, bench.rounds)
    yield Figure(1, f"the same with {bench.files:,} files", "x with 100", 1.05, both)


def who_everywhere(bench: Bench) -> Iterator[Figure]:
    """Figure 2: all rotations of a wide team, asked again and for the first time."""
    root, bare = wide(bench), bench.program.bare()
    what = f"`who` over {bench.rotations:,} rotations"
    yield Figure(2, f"{what}, again", _BARE, 2, ratio(_asked(bench, root, "who"), bare, bench.rounds))
    yield Figure(2, f"{what}, cold", _BARE, 60, ratio(_asked(bench, root, "who", cold=True), bare, bench.few))


def never_stale(bench: Bench) -> Iterator[Figure]:
    """Figure 3: no answer that is kept differs from the one that the slow path gives."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--no-header", _STALE], cwd=_PROJECT, capture_output=True, text=True
    )
    said = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "no test ran"
    yield Figure(3, f"answers that were stale, `{_STALE}`", "", 0, float(done.returncode != 0), said)


def help_and_completion(bench: Bench) -> Iterator[Figure]:
    """Figure 8: what the keyboard asks for."""
    root, bare = small(bench), bench.program.bare()
    yield Figure(8, "`--help`", _BARE, 6, ratio(_asked(bench, root, "--help"), bare, bench.rounds))
    for what, typed in (("a command", ("wh",)), ("a rotation", ("who", "r")), ("a person", ("--as", "p"))):
        complete = _asked(bench, root, "complete", *typed)
        yield Figure(8, f"completion of {what}", _BARE, 2, ratio(complete, bare, bench.rounds))


def _asked(bench: Bench, root: Path, *words: str, cold: bool = False) -> Work:
    given = {"ONCALL_NOW": NOW, **({"ONCALL_NO_CACHE": "1"} if cold else {})}
    return process([bench.program.oncall, *words], root, given)
