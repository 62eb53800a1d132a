"""All figures in one table: ``python -m tests.benchmarks``, or ``--help`` for smaller and larger runs."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.answers import help_and_completion, never_stale, who_everywhere, who_is_on_call
from tests.benchmarks.begin_end import begin_and_end
from tests.benchmarks.feed import ten_year_feed
from tests.benchmarks.figure import Bench, Figure, Figures, table
from tests.benchmarks.installed import installed_program
from tests.benchmarks.many_records import check, first_screens, memory
from tests.benchmarks.measure import ROUNDS, Program
from tests.benchmarks.peers import peers
from tests.benchmarks.schedule_year import year_of_shifts

# Those that add records to a team come after those that only read it.
_ALL: tuple[tuple[int, Figures], ...] = (
    (1, who_is_on_call),
    (2, who_everywhere),
    (3, never_stale),
    (5, check),
    (6, first_screens),
    (7, year_of_shifts),
    (7, ten_year_feed),
    (8, help_and_completion),
    (9, memory),
    (4, begin_and_end),
    (0, peers),
)


def _arguments() -> argparse.Namespace:
    said = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    said.add_argument("--full", action="store_true", help="100,000 files and 1,000 rotations; half an hour")
    said.add_argument("--files", type=int, default=2_000, help="of the large team; default: %(default)s")
    said.add_argument("--rotations", type=int, default=100, help="of the wide team; default: %(default)s")
    said.add_argument("--rounds", type=int, default=ROUNDS, help="default: %(default)s")
    said.add_argument("--only", type=int, nargs="+", metavar="N", help="these figures; 0 for the peers")
    said.add_argument("--here", action="store_true", help="the program that this Python has, instead of a wheel")
    said.add_argument("--out", type=Path, metavar="FILE", help="put the table between the marks of a page as well")
    return said.parse_args()


def _measured(said: argparse.Namespace, bench: Bench) -> Iterator[Figure]:
    for number, figures in _ALL:
        if said.only is None or number in said.only:
            for one in figures(bench):
                print(table([one]).splitlines()[-1], file=sys.stderr, flush=True)
                yield one


def _circumstances(bench: Bench, seconds: float) -> str:
    """Return in a sentence what was measured with, and on what."""
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    busy = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors at the end"
    rounds = f"{bench.rounds} rounds ({bench.few} of what takes long)"
    return (
        f"Python {platform.python_version()}, {git}, {platform.system()} {platform.machine()}; {rounds}; "
        f"{busy}; {seconds / 60:.0f} minutes in all."
    )


def _put(page: Path, text: str) -> None:
    """Put the table into a page, between its marks."""
    opening, closing = "<!-- figures -->\n", "<!-- end of figures -->"
    before, _, rest = page.read_text(encoding="utf-8").partition(opening)
    _, _, after = rest.partition(closing)
    page.write_text(f"{before}{opening}\n{text}\n\n{closing}{after}", encoding="utf-8")


def main() -> None:
    said = _arguments()
    files, rotations = (100_000, 1_000) if said.full else (said.files, said.rotations)
    began = time.monotonic()
    # as on a user's machine, whatever this one is set to
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        program = Program() if said.here else installed_program(Path(folder) / "program")
        bench = Bench(program, Path(folder), said.rounds, files, rotations)
        found = sorted(_measured(said, bench), key=lambda one: (one.number == 0, one.number))
        text = f"{table(found)}\n\n{_circumstances(bench, time.monotonic() - began)}"
    print(text)
    if said.out:
        _put(said.out, text)


if __name__ == "__main__":
    main()
