"""What `oncall who` costs from a cold start, as a multiple of an empty Python in the same run.

python -m tests.benchmarks.who [rounds]
"""

from __future__ import annotations

import sys
from pathlib import Path

from tests.benchmarks.measure import ROUNDS, Program, ratio
from tests.benchmarks.team import NOW

ROOT = Path(__file__).parent.parent.parent
ASKED = (("who",), ("who", "platform"), ("who", "--json"), ("--help",))


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else ROUNDS
    program = Program()
    for words in ASKED:
        found = ratio(program.run(ROOT, *words, now=NOW), program.bare(), rounds)
        print(f"oncall {' '.join(words):14} {found}")


if __name__ == "__main__":
    main()
