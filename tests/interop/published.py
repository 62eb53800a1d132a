"""The feeds of every team, published as a team would, and who is on call at every instant of a year."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from oncall_cli.model.person import Person
from oncall_cli.model.time import parse_instant
from oncall_cli.render.people import names_of
from oncall_cli.repository.reading import TeamRepository
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.schedule import Schedule
from tests.interop.readers import Events

ROOT = Path(__file__).parent.parent.parent
TEAMS = {"example": ROOT, **{path.parent.name: path.parent for path in (ROOT / "tests/teams").glob("*/oncall.yaml")}}
NOW = "2026-10-20T12:00:00Z"
# all of it within a month back and twelve ahead; both changes of the clocks of both hemispheres
START, END = parse_instant("2026-09-25T00:00:00Z"), parse_instant("2027-09-25T00:00:00Z")

# Handoffs in the missing and in the repeated hour: zones an hour and half an hour apart, north and south,
# and one that puts its clock back for Ramadan.
ZONES = {
    "new-york": ("America/New_York", "02:30"),
    "berlin": ("Europe/Berlin", "02:30"),
    "lord-howe": ("Australia/Lord_Howe", "01:45"),
    "casablanca": ("Africa/Casablanca", "02:30"),
}


class Team(NamedTuple):
    """A team's repository, and its schedules."""

    root: Path
    people: dict[str, Person]
    schedules: dict[str, Schedule]

    def expected(self, feed: dict[str, str | None]) -> Events:
        """Return what a feed is to show: the shifts, or the gaps, of its rotation, role or person."""
        found: Events = []
        for name, schedule in self.schedules.items():
            if feed["rotation"] not in (None, name):
                continue
            found += [
                (shift.start, shift.end, f"On call: {names_of(shift.people, self.people)} ({name} {shift.role})")
                for shift in schedule.shifts(START, END, cut=False)
                if feed["kind"] != "gaps"
                and feed["role"] in (None, shift.role)
                and (feed["person"] is None or feed["person"] in shift.people)
            ]
            found += [
                (gap.start, gap.end, f"Nobody on call ({name} {gap.role})")
                for gap in schedule.gaps(START, END)
                if feed["person"] is None and feed["role"] in (None, gap.role)
            ]
        return found


def team_of(root: Path) -> Team:
    """Read a team as the program does."""
    repository = TeamRepository(root)
    schedules = {
        name: compile_schedule(rotation, repository.overrides(name))
        for name, rotation in repository.rotations().items()
    }
    return Team(root, repository.people(), schedules)


def four_zones(root: Path) -> Path:
    """Write a team with a rotation in each of four zones."""
    files = {"oncall.yaml": "name: Four zones\n"}
    for person in ("ada", "ben", "cleo"):
        files[f"rotations/people/{person}.yaml"] = f"name: {person.title()}, of; \\all 岡田 🦊\n"
    for name, (zone, time) in ZONES.items():
        files[f"rotations/{name}/rotation.yaml"] = (
            f'name: {name}\ntimezone: {zone}\nhandoff: {{every: 1 day, at: "{time}"}}\n'
            "roster:\n  - from: 2026-09-01\n    members: [ada, ben, cleo]\n"
        )
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def published(root: Path, folder: Path) -> list[dict[str, str | None]]:
    """Publish a team's feeds into a folder, and return what their index says of them."""
    program = [sys.executable, "-m", "oncall_cli", "-C", str(root), "ics", "--out", str(folder), "--gaps"]
    done = subprocess.run(program, check=False, capture_output=True, text=True, env={**os.environ, "ONCALL_NOW": NOW})
    assert done.returncode == 0, done.stderr
    return json.loads((folder / "feeds.json").read_text("utf-8"))["data"]


def shown(events: Events, edges: list[int]) -> list[frozenset[str]]:
    """Return what stands in a calendar from each edge to the next."""
    waiting = sorted(events)
    now: Events = []
    found, place = [], 0
    for edge in edges:
        while place < len(waiting) and waiting[place][0] <= edge:
            now.append(waiting[place])
            place += 1
        now = [event for event in now if event[1] > edge]
        found.append(frozenset(label for _, _, label in now))
    return found


def edges_of(*calendars: Events) -> list[int]:
    """Return when anything begins or ends within the year; from each to the next nothing changes."""
    edges = {edge for events in calendars for event in events for edge in event[:2] if START <= edge < END}
    return sorted({START, *edges})
