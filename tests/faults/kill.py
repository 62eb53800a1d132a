"""Every writing command, with every fault at every call that changes a file.

    python tests/faults/kill.py [command ...] [--pass NAME] [--at NUMBER] [--every N] [--verbose]

A command is a row of scenarios.py, by the beginning of its name. Prints for each how many points were tried, how many
acknowledged changes were lost, how often the next command needed a person, a byte of the user's changed, a change was
half made, something was left lying about, and how often a failure was told without a true sentence.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

from tests.faults import shim
from tests.faults.program import Program
from tests.faults.scenarios import SCENARIOS, Scenario
from tests.faults.stage import PASSES, Pass, Stage, Verdict

_MEMORY = Path("/dev/shm")
_WIDTH = 240
_HEADINGS = ("points", "lost", "stuck", "changed", "half", "left", "rude")


def verdicts(stage: Stage, passes: Sequence[Pass], at: int | None = None, every: int = 1) -> Iterator[Verdict]:
    """Judge the points of a scenario: all of them, one, or one of several."""
    for kind in passes:
        for number, call in enumerate(stage.calls, start=1):
            if kind.fits(call) and (number == at if at else number % every == 0):
                yield stage.judge(kind, number)


def row(name: str, judged: Sequence[Verdict]) -> str:
    """Return a line of the table."""
    counts = [len(judged), *(sum(bool(getattr(one, kind)) for one in judged) for kind in _HEADINGS[1:])]
    return f"{name:24}" + "".join(f"{count:9}" for count in counts)


def tell(judged: Sequence[Verdict], verbose: bool) -> None:
    """Print what went wrong: the first complaint of each point, or all."""
    for one in judged:
        for complaint in one.complaints()[: None if verbose else 1]:
            print(f"    {one.place}\n        {complaint if verbose else complaint[:_WIDTH]}")


def chosen(names: Sequence[str]) -> list[Scenario]:
    """Return the scenarios whose names begin so, or all."""
    return [one for one in SCENARIOS if not names or any(one.name.startswith(name) for name in names)]


def run(asked: argparse.Namespace, folder: Path) -> bool:
    """Print the table, and below each row what went wrong; return whether nothing did."""
    passes = [kind for kind in PASSES if not asked.kind or kind.name.startswith(asked.kind)]
    total: list[Verdict] = []
    print(f"{'command':24}" + "".join(f"{heading:>9}" for heading in _HEADINGS))
    with Program(folder, folder / "team") as program:
        for scenario in chosen(asked.command):
            judged = list(verdicts(Stage(program, scenario, folder / "team"), passes, asked.at, asked.every))
            print(row(scenario.name, judged), flush=True)
            total += judged
            tell(judged, asked.verbose)
    print(row("all", total))
    return not any(one.complaints() for one in total)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="*")
    parser.add_argument("--pass", dest="kind")
    parser.add_argument("--at", type=int)
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    asked = parser.parse_args()
    if shim.missing():
        sys.exit(shim.missing())
    with tempfile.TemporaryDirectory(dir=_MEMORY if _MEMORY.is_dir() else None) as folder:
        return 0 if run(asked, Path(folder)) else 1


if __name__ == "__main__":
    sys.exit(main())
