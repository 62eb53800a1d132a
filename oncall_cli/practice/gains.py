"""Who gains and who loses shifts by a change, and who gets one on a holiday."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from oncall_cli.model.time import DAY, Instant, Wall, wall_of
from oncall_cli.practice.team_state import TeamState
from oncall_cli.schedule.comparison import HandChange
from oncall_cli.schedule.shift import People
from oncall_cli.schedule.walls import WallClock


class Exchange(NamedTuple):
    """How many shifts to come somebody gains and loses, and how many seconds on call they are."""

    person: str
    gains: int = 0
    loses: int = 0
    gained: int = 0
    lost: int = 0


class HolidayShift(NamedTuple):
    """A holiday of a rotation on which somebody gets a shift that was not theirs."""

    person: str
    rotation: str
    role: str
    day: date
    start: Instant
    end: Instant


def exchanges(handed: Iterable[tuple[People, People, int]]) -> list[Exchange]:
    """Return a row for each person, from who had and who gets each shift and its seconds; by person."""
    found: dict[str, Exchange] = {}
    for before, after, seconds in handed:
        for person in set(after) - set(before):
            row = found.get(person, Exchange(person))
            found[person] = row._replace(gains=row.gains + 1, gained=row.gained + seconds)
        for person in set(before) - set(after):
            row = found.get(person, Exchange(person))
            found[person] = row._replace(loses=row.loses + 1, lost=row.lost + seconds)
    return [found[person] for person in sorted(found)]


def on_holidays(state: TeamState, changes: Iterable[HandChange], since: Instant) -> list[HolidayShift]:
    """Return the holidays from ``since`` on that the changes give to people, each once."""
    found: dict[tuple[str, str, str, date], HolidayShift] = {}
    holidays = {name: list(_holidays(state, name)) for name in state.rotations}
    for change in changes:
        for day, start, end in holidays.get(change.rotation, ()):
            begin, until = Instant(max(start, change.start, since)), Instant(min(end, change.end))
            if begin >= until:
                continue
            for person in change.after:
                key = (person, change.rotation, change.role, day)
                if person not in change.before and key not in found:
                    found[key] = HolidayShift(*key, begin, until)
                elif key in found:
                    found[key] = found[key]._replace(end=until)
    return list(found.values())


def _holidays(state: TeamState, rotation: str) -> Iterator[tuple[date, Instant, Instant]]:
    """Yield the days with their beginning and end on the rotation's wall."""
    files = state.rotations[rotation]
    clock = WallClock(files.schedule.zone)
    for day in sorted(set(files.record.holidays)):
        begin = wall_of(day)
        yield day, clock.instant(begin), clock.instant(Wall(begin + DAY))
