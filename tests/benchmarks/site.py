"""What `oncall site` costs: seconds, multiples of an empty Python in the same run, bytes with and without the feeds.

    python -m tests.benchmarks.site [rotations] [years] [records]

The team has half weekly and half daily rotations, each with a primary and a secondary, six people to a rotation; of the
records three in five are shifts, one in five an incident, which has a page of its own.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Program, ratio
from tests.benchmarks.team import NOW, Size, make_team

ROUNDS = 3
MOST_SECONDS, MOST_BYTES = 5.0, 3_000_000


def main() -> None:
    size = Size(*map(int, sys.argv[1:])) if len(sys.argv) > 1 else Size(rotations=20, years=1, records=1000)
    with tempfile.TemporaryDirectory() as folder:
        root, out = make_team(Path(folder) / "team", size), Path(folder) / "public"
        program = Program()
        made = program.run(root, "site", "--out", str(out), now=NOW)
        first, found = made(), ratio(made, program.bare(), ROUNDS)
        files = {path.relative_to(out): path.stat().st_size for path in out.rglob("*") if path.is_file()}
    feeds = sum(count for path, count in files.items() if path.parts[0] == "feeds")
    pages = sum(files.values()) - feeds
    print(f"anew {first.clock:.1f} s by the clock, {first.processor:.1f} s of the processor (aim {MOST_SECONDS:g} s)")
    print(f"again, as a multiple of an empty Python: {found}")
    print(f"{len(files)} files: pages {pages / 1e6:.2f} MB (aim {MOST_BYTES / 1e6:g} MB), feeds {feeds / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
