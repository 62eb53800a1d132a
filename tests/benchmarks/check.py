"""How long `oncall check` takes on a large team, as a multiple of only reading its files; and with `--base`.

    python tests/benchmarks/check.py [rounds]

Fifty rotations and 2300 shift records are made in a temporary folder. The ways take turns, so that a machine that
gets slower or faster does so for all of them. The figure is the median of the rounds.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from oncall_cli.model.time import parse_instant
from oncall_cli.repository.everything import all_records, checked
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.repository.reviewed import reviewed

NOW = parse_instant("2026-11-20T10:00:00Z")
FIRST = date(2026, 1, 5)
ROTATION = """\
name: Rotation {number}
timezone: UTC
handoff: {{every: 1 week, at: "monday 09:00"}}
roster:
  - from: 2026-01-05
    members: [{members}]
roles: {{primary: {{}}, secondary: {{offset: 1}}}}
links: [{{title: Status, url: "https://status.example.com/?page=2"}}]
"""


def make(root: Path) -> None:
    """Write the team and commit it."""
    people = [f"p{number}" for number in range(105)]
    files = {"oncall.yaml": "name: Large team\n"}
    files |= {f"rotations/people/{who}.yaml": f"name: {who}\n" for who in people}
    for number in range(50):
        members = people[number * 2 : number * 2 + 6]
        files[f"rotations/r{number}/rotation.yaml"] = ROTATION.format(number=number, members=", ".join(members))
        for week in range(46):
            day, who = FIRST + timedelta(weeks=week), members[week % 6]
            log = "".join(
                f"  - {{at: {day}T1{hour}:00:00Z, by: {who}, text: Something took a while to understand}}\n"
                for hour in range(8)
            )
            path = f"rotations/r{number}/shifts/2026/{day}-{who}-primary.yaml"
            files[path] = f"person: {who}\nrole: primary\nstarted: {day}T09:00:00Z\nlog:\n{log}"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    author = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    for words in (("init", "--quiet"), ("add", "--all"), (*author, "commit", "--quiet", "--message", "Begin")):
        subprocess.run(["git", "-C", str(root), *words], check=True)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root)
        ways: dict[str, Callable[[], object]] = {
            "read": lambda: all_records(TeamRepository(root), NOW),
            "check": lambda: checked(root, NOW),
            "check --base HEAD": lambda: reviewed(root, NOW, "HEAD"),
        }
        taken = [{name: seconds(way) for name, way in ways.items()} for _ in range(rounds)]
        for name in ways:
            ratio = statistics.median(one[name] / one["read"] for one in taken)
            print(f"{name:18} {ratio:5.2f} x reading the files, median of {rounds}")


if __name__ == "__main__":
    main()
