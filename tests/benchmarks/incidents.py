"""How `oncall incident list` and `open` grow from 100 incidents in the repository to 10,000.

    python tests/benchmarks/incidents.py [rounds]

Two teams, alike but for the number of their incidents, of which seven are open, one of them the oldest. The commands
take turns on both, so that a machine that gets slower or faster does so for both. The figure is the ratio of the
medians; it is to stay below 2.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FEW, MANY = 100, 10_000
LAST = date(2026, 11, 18)
NOW = "2026-11-19T12:00:00Z"

ROTATION = """\
name: Platform
handoff: {every: 1 week, at: "tuesday 09:00"}
roster:
  - {from: 2020-01-07, members: [alice, bob]}
roles: {primary: {}, secondary: {offset: 1}}
"""

INCIDENT = """\
title: Number {number} is slow
severity: sev2
status: {status}
impact:
  started: {day}T02:10:00Z
  text: One request in four failed, and customers saw errors.
detected: {day}T02:13:00Z
acknowledged: {day}T02:14:00Z
{ended}responders:
  commander: alice
services: [api]
runbook: api
timeline:
  - at: {day}T02:13:00Z
    by: alice
    kind: opened
    text: Opened as sev2, alice on call
  - at: {day}T02:14:00Z
    by: alice
    kind: acknowledged
    text: Acknowledged
created: {day}T02:14:00Z
"""


def team(root: Path, count: int) -> Path:
    """Make a committed repository with so many incidents over six years; return where it is."""
    files = {
        "oncall.yaml": "name: Team\n",
        "rotations/people/alice.yaml": "name: Alice\ngit_emails: [alice@example.com]\n",
        "rotations/people/bob.yaml": "name: Bob\n",
        "rotations/platform/rotation.yaml": ROTATION,
        "runbooks/api.md": "---\ntitle: The API is slow\nservices: [api]\n---\n\nRoll back.\n",
    }
    still_open = {0, *range(count - 6, count)}
    for number in range(count):
        day = LAST - timedelta(days=(count - 1 - number) * 2100 // count)
        ended = "" if number in still_open else f"mitigated: {day}T02:41:00Z\nresolved: {day}T02:52:00Z\n"
        status = "acknowledged" if number in still_open else "resolved"
        path = f"rotations/platform/incidents/{day.year}/{day}-number-{number}-is-slow.yaml"
        files[path] = INCIDENT.format(number=number, status=status, day=day, ended=ended)
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    identity = ("-c", "user.name=Alice", "-c", "user.email=alice@example.com")
    for words in (("init", "--quiet"), ("add", "--all"), (*identity, "commit", "--quiet", "--message", "Begin")):
        subprocess.run(["git", *words], cwd=root, check=True)
    subprocess.run(["git", "config", "user.name", "Alice"], cwd=root, check=True)
    subprocess.run(["git", "config", "user.email", "alice@example.com"], cwd=root, check=True)
    return root


def seconds(root: Path, words: list[str]) -> float:
    """Return how long a command took in a team, as its caller sees it."""
    environment = {**os.environ, "ONCALL_NOW": NOW, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "oncall_cli", "-C", str(root), *words]
    begin = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    with tempfile.TemporaryDirectory() as folder:
        few, many = (team(Path(folder) / str(count), count) for count in (FEW, MANY))
        for name, words in {
            "incident list": ["incident", "list"],
            "incident open": ["incident", "open", "Checkout answers 5xx", "--sev", "1"],
        }.items():
            for root in (few, many):
                seconds(root, words)
            pairs = [(seconds(few, words), seconds(many, words)) for _ in range(rounds)]
            small, large = (statistics.median(each) for each in zip(*pairs, strict=True))
            print(
                f"{name:14} {large / small:4.2f} x with {MANY:,} incidents ({large * 1000:.0f} ms) "
                f"as with {FEW} ({small * 1000:.0f} ms), median of {rounds}"
            )


if __name__ == "__main__":
    main()
