"""Teams of any size to measure on: the same size and seed make the same bytes, and ``oncall check`` has nothing to say.

    python -m tests.benchmarks.team FOLDER [rotations] [years] [records]

Records are shifts, incidents and support requests, spread evenly over the rotations and the years before ``NOW``.
However many there are, the same few of them are open: what is to do does not grow with what was done.
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

NOW = "2026-11-20T10:00:00Z"
TODAY = date(2026, 11, 20)
MEMBERS = 6
OPEN = 6
OWNER = "p0@example.com"
_ZONES = ("America/New_York", "Europe/Berlin", "Europe/London", "America/Chicago")
_SERVICES = ("api", "checkout", "search", "ingest", "login", "billing")
_TOPICS = ("answers slowly", "lost its leader", "fills its disk", "refuses connections", "is behind by an hour")
_DONE = ("Rolled back the release", "Restarted the leader", "Wrote to the customer", "Raised the limit", "Watched it")

_ROTATION = """\
name: Rotation {number}
timezone: {zone}
handoff: {{every: {every}}}
roster:
  - from: {first}
    members: [{members}]
roles:
  primary: {{}}
  secondary: {{offset: 1}}
escalation:
  - {{notify: primary}}
  - {{after: 5 minutes, notify: secondary}}
"""
_PERSON = """\
name: Person {number}
timezone: {zone}
git_emails: [p{number}@example.com]
contact: {{phone: "+1-555-{number:07d}", email: p{number}@example.com}}
"""
_SHIFT = """\
person: {person}
role: primary
started: {day}T14:00:00Z
ended: {day}T22:00:00Z
scheduled:
  start: {day}T14:00:00Z
  end: {day}T22:00:00Z
log:
{log}summary: {count} entries, the last of them about {service}.
"""
_ENTRY = """\
  - at: {day}T{hour}:{minute:02d}:00Z
    by: {person}
    kind: {kind}
    text: "{service} {topic}. {done}."
"""
_INCIDENT = """\
title: "{service} {topic} ({number})"
severity: sev3
status: {status}
impact:
  started: {day}T15:02:00Z
  text: One request in four failed, and customers saw errors.
detected: {day}T15:04:00Z
acknowledged: {day}T15:06:00Z
{ended}responders: {{commander: {person}}}
services: [{service}]
runbook: {service}
timeline:
  - at: {day}T15:04:00Z
    by: {person}
    kind: opened
    text: Opened as sev3
  - at: {day}T15:08:00Z
    by: {person}
    text: {done}
created: {day}T15:06:00Z
"""
_REQUEST = """\
title: "{service} {topic}, asks customer {number}"
kind: question
section: {service}
requester: Customer {number}
channel: mail
received: {day}T16:00:00Z
acknowledged: {day}T16:20:00Z
acknowledged_by: {person}
{ended}created: {day}T16:01:00Z
"""


class Size(NamedTuple):
    """How large a team is; ``people`` left out are six to a rotation, none of them in two."""

    rotations: int = 4
    years: int = 1
    records: int = 0
    people: int | None = None


class _Rotation(NamedTuple):
    """One rotation of the team, with the members that take turns."""

    number: int
    members: tuple[str, ...]
    first: date

    @property
    def weekly(self) -> bool:
        return self.number % 2 == 0

    def member(self, day: date) -> str:
        turn = (day - self.first).days // (7 if self.weekly else 1)
        return self.members[turn % len(self.members)]


def team_files(size: Size, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield the paths and texts of a team's files."""
    people = _people(size)
    yield "oncall.yaml", "name: Large team\n"
    for number in range(people):
        yield f"rotations/people/p{number}.yaml", _PERSON.format(number=number, zone=_ZONES[number % len(_ZONES)])
    for service in _SERVICES:
        text = f"---\ntitle: {service} is slow\nservices: [{service}]\nreviewed: 2026-10-01\n---\n\nRoll back.\n"
        yield f"runbooks/{service}.md", text
    for number in range(size.rotations):
        rotation = _rotation(size, number)
        yield f"rotations/r{number}/rotation.yaml", _rotation_text(rotation)
        yield from _records(rotation, size, random.Random(f"{seed} {number}"))


def member(size: Size, number: int, day: date) -> str:
    """Return who is primary of a rotation from the handoff of a day on."""
    return _rotation(size, number).member(day)


def make_team(root: Path, size: Size, seed: int = 1) -> Path:
    """Write a team into a folder and commit it as its first person; return the folder."""
    root.mkdir(parents=True, exist_ok=True)
    folders = set()
    for path, text in team_files(size, seed):
        file = root / path
        if file.parent not in folders:
            folders.add(file.parent)
            file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    _git(root, "init", "--quiet", "--initial-branch=main")
    # nothing may start work of its own in the background of a measurement
    for name, value in (("user.name", "P0"), ("user.email", OWNER), ("gc.auto", "0"), ("maintenance.auto", "false")):
        _git(root, "config", name, value)
    # straight into one pack, as in a clone
    _git(root, "-c", "core.bigFileThreshold=1", "add", "--all")
    _git(root, "commit", "--quiet", "--message", "Begin")
    return root


def _people(size: Size) -> int:
    return size.people or size.rotations * MEMBERS


def _rotation(size: Size, number: int) -> _Rotation:
    people = _people(size)
    members = tuple(f"p{(number * MEMBERS + place) % people}" for place in range(min(MEMBERS, people)))
    # a Monday, which is a handoff of the weekly rotations
    return _Rotation(number, members, TODAY - timedelta(days=TODAY.weekday() + 364 * size.years))


def _git(root: Path, *words: str) -> None:
    subprocess.run(["git", *words], cwd=root, check=True, stdout=subprocess.DEVNULL)


def _rotation_text(rotation: _Rotation) -> str:
    return _ROTATION.format(
        number=rotation.number,
        zone=_ZONES[rotation.number % len(_ZONES)],
        every='1 week, at: "monday 09:00"' if rotation.weekly else '1 day, at: "09:00"',
        first=rotation.first,
        members=", ".join(rotation.members),
    )


def _records(rotation: _Rotation, size: Size, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield a rotation's part of the records, the oldest first: three shifts to an incident and a request."""
    count = size.records // size.rotations + (rotation.number < size.records % size.rotations)
    days = (TODAY - rotation.first).days - 1
    shifts = min(count * 3 // 5, days)
    for number in range(shifts):
        yield _shift(rotation, rotation.first + timedelta(days=number * days // shifts), chance)
    others = count - shifts
    for number in range(others):
        day = rotation.first + timedelta(days=number * days // others)
        still_open = rotation.number == 0 and number >= others - OPEN
        yield (_incident if number % 2 else _request)(rotation, day, number, still_open, chance)


def _shift(rotation: _Rotation, day: date, chance: random.Random) -> tuple[str, str]:
    person = rotation.member(day)
    count = chance.randint(1, 7)
    log = "".join(
        _ENTRY.format(
            day=day,
            hour=14 + place,
            minute=chance.randrange(60),
            person=person,
            kind=chance.choice(("note", "mail", "task")),
            service=chance.choice(_SERVICES),
            topic=chance.choice(_TOPICS),
            done=chance.choice(_DONE),
        )
        for place in range(count)
    )
    text = _SHIFT.format(person=person, day=day, log=log, count=count, service=chance.choice(_SERVICES))
    return f"rotations/r{rotation.number}/shifts/{day.year}/{day}-{person}-primary.yaml", text


def _incident(rotation: _Rotation, day: date, number: int, still_open: bool, chance: random.Random) -> tuple[str, str]:
    service, topic = chance.choice(_SERVICES), chance.choice(_TOPICS)
    text = _INCIDENT.format(
        number=number,
        day=day,
        service=service,
        topic=topic,
        person=rotation.member(day),
        status="acknowledged" if still_open else "resolved",
        ended="" if still_open else f"mitigated: {day}T15:09:00Z\nresolved: {day}T15:11:00Z\n",
        done=chance.choice(_DONE),
    )
    slug = f"{service}-{topic.replace(' ', '-')}-{number}"
    return f"rotations/r{rotation.number}/incidents/{day.year}/{day}-{slug}.yaml", text


def _request(rotation: _Rotation, day: date, number: int, still_open: bool, chance: random.Random) -> tuple[str, str]:
    service, topic = chance.choice(_SERVICES), chance.choice(_TOPICS)
    closed = f"solution: {chance.choice(_DONE)}\nstatus: closed\nclosed: {day}T18:00:00Z\n"
    text = _REQUEST.format(
        number=number,
        day=day,
        service=service,
        topic=topic,
        person=rotation.member(day),
        ended="status: acknowledged\n" if still_open else closed,
    )
    return f"rotations/r{rotation.number}/requests/{day.year}/{day}-{service}-{number}.yaml", text


if __name__ == "__main__":
    make_team(Path(sys.argv[1]), Size(*map(int, sys.argv[2:])))
