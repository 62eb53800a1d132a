"""How long `oncall diff` of two revisions takes, as a multiple of `oncall check` of one of them in the same run.

    python tests/benchmarks/diff.py [rounds]

The repository is made from a seed: 50 rotations with 5 roster versions and 20 overrides each, 120 people, and
a history of 20 incidents, shifts and requests each. The second revision edits every fifth rotation, adds overrides,
and touches some of the other records. The two commands take turns; the figure is the median of the rounds.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

ROTATIONS = 50
PEOPLE = [f"person-{number:03d}" for number in range(120)]
NOW = "2026-11-18T15:00:00Z"
MOST = 3.0


def person(name: str) -> str:
    zone = random.choice(["Europe/Berlin", "America/New_York", "Asia/Tokyo"])
    off = date(2026, 11, 1) + timedelta(days=random.randrange(100))
    return (
        f"name: {name.title()}\ntimezone: {zone}\n"
        f"git_emails: [{name}@example.com]\ncontact: {{email: {name}@example.com}}\n"
        f"time_off:\n  - {{from: {off}, until: {off + timedelta(days=5)}}}\n"
    )


def rotation(number: int) -> str:
    members = random.sample(PEOPLE, 8)
    versions = []
    for month in range(1, 6):
        random.shuffle(members)
        versions.append(f"  - from: 2026-{month * 2:02d}-01\n    members: [{', '.join(members)}]\n")
    daily = 'every: 1 day, at: "09:00"' if number % 3 == 0 else 'every: 1 week, at: "tuesday 09:00"'
    hours = 'hours: ["monday-friday 09:00-17:00"]\n' if number % 3 == 0 else ""
    return (
        f"name: Rotation {number}\ntimezone: America/New_York\nhandoff: {{{daily}}}\n"
        f"{hours}roster:\n{''.join(versions)}"
        "roles:\n  primary: {}\n  secondary: {offset: 1}\n"
    )


def override(day: date) -> str:
    return (
        f"kind: cover\nchanges:\n  - role: primary\n    start: {day}T10:00:00-05:00\n    end: {day}T16:00:00-05:00\n"
        f"    person: {random.choice(PEOPLE)}\nreason: Away\ncreated: 2026-01-01T00:00:00Z\n"
    )


def history(name: str, number: int) -> dict[str, str]:
    day = date(2026, 1, 1) + timedelta(days=number * 14)
    who = random.choice(PEOPLE)
    at = f"{day}T10:00:00-05:00"
    log = "".join(f"  - {{at: '{at}', by: {who}, text: Entry {entry}}}\n" for entry in range(10))
    folder = f"rotations/{name}"
    return {
        f"{folder}/incidents/2026/{day}-incident.yaml": f"title: Incident\nseverity: sev3\ntimeline:\n{log}",
        f"{folder}/shifts/2026/{day}-{who}-primary.yaml": f"person: {who}\nrole: primary\nstarted: {at}\nlog:\n{log}",
        f"{folder}/requests/2026/{day}-help.yaml": f"title: Help\nreceived: {at}\nrequester: Somebody\n",
    }


def write(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)


def git(root: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(root), *words], check=True, stdout=subprocess.DEVNULL)


def commit(root: Path, files: dict[str, str]) -> None:
    write(root, files)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Edit")


def make(root: Path) -> None:
    """Make the two revisions; the second is checked out."""
    random.seed(4)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "Ana")
    git(root, "config", "user.email", "ana@example.com")
    files = {"oncall.yaml": "name: Team\ntimezone: America/New_York\n"}
    files |= {f"rotations/people/{name}.yaml": person(name) for name in PEOPLE}
    days = [date(2026, 9, 1) + timedelta(days=7 * number) for number in range(20)]
    for number in range(ROTATIONS):
        name = f"rotation-{number:02d}"
        files[f"rotations/{name}/rotation.yaml"] = rotation(number)
        files |= {f"rotations/{name}/overrides/{day}-cover.yaml": override(day) for day in days}
        for entry in range(20):
            files |= history(name, entry)
    commit(root, files)
    later = {}
    for number in range(0, ROTATIONS, 5):
        path = f"rotations/rotation-{number:02d}/rotation.yaml"
        later[path] = files[path].replace(
            "roles:", f"  - from: 2026-12-01\n    members: [{', '.join(PEOPLE[:6])}]\nroles:"
        )
        later[f"rotations/rotation-{number + 1:02d}/overrides/2026-12-03-more.yaml"] = override(date(2026, 12, 3))
    for path in [path for path in files if "/incidents/" in path][::50]:
        later[path] = files[path].replace("sev3", "sev2")
    commit(root, later)


def seconds(words: list[str]) -> float:
    """Return how long a command took, as its caller sees it; it may well find problems."""
    environment = {**os.environ, "ONCALL_NOW": NOW}
    begin = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "oncall_cli", *words], stdout=subprocess.DEVNULL, env=environment)
    taken = time.perf_counter() - begin
    if done.returncode not in (0, 1):
        raise SystemExit(f"{words} ended with {done.returncode}")
    return taken


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        make(root)
        check = ["-C", folder, "check"]
        for form in ("text", "md", "json", "html"):
            diff = ["-C", folder, "diff", "HEAD~1...HEAD", "--format", form]
            pairs = [(seconds(diff), seconds(check)) for _ in range(rounds)]
            ratio = statistics.median(ours / theirs for ours, theirs in pairs)
            took = statistics.median(theirs for _, theirs in pairs)
            verdict = "at most 3" if ratio <= MOST else "MORE THAN 3"
            print(f"oncall diff, {form:5} {ratio:4.2f} x `oncall check` ({took:.2f} s), {verdict}, median of {rounds}")


if __name__ == "__main__":
    main()
