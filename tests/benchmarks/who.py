"""How long `oncall who` takes from a cold start, as a multiple of an empty Python in the same run.

    python tests/benchmarks/who.py [rounds]

The two commands take turns, so that a machine that gets slower or faster does so for both. The figure is the
median of the rounds.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PROGRAM = Path(sys.executable).with_name("oncall")

FLOOR = [sys.executable, "-c", "pass"]
ASKED = {
    "oncall who": [str(PROGRAM), "-C", str(ROOT), "who"],
    "oncall who platform": [str(PROGRAM), "-C", str(ROOT), "who", "platform"],
    "oncall who --json": [str(PROGRAM), "-C", str(ROOT), "who", "--json"],
    "oncall --help": [str(PROGRAM), "--help"],
}


def seconds(command: list[str]) -> float:
    """Return how long a command took, as its caller sees it."""
    begin = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for name, command in ASKED.items():
        seconds(command)
        pairs = [(seconds(command), seconds(FLOOR)) for _ in range(rounds)]
        ratio = statistics.median(ours / floor for ours, floor in pairs)
        floor = statistics.median(floor for _, floor in pairs)
        print(f"{name:22} {ratio:5.1f} x `python -c pass` ({floor * 1000:.0f} ms), median of {rounds}")


if __name__ == "__main__":
    main()
