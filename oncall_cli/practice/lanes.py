"""The weeks around a change, role by role: who stands them before it, and who after it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from oncall_cli.model.time import DAY, WEEK, Instant
from oncall_cli.practice.team_state import TeamState
from oncall_cli.schedule.comparison import HandChange
from oncall_cli.schedule.shift import People, Shift

_LENGTHS = (4 * WEEK, 2 * WEEK, WEEK, 3 * DAY, DAY)
_MOST_BARS = 30


class Bar(NamedTuple):
    """A stretch of the same people, the windows of one turn together; whether the change touches it."""

    start: Instant
    end: Instant
    people: People
    changed: bool


class Lane(NamedTuple):
    """One role of one rotation, before and after the change."""

    rotation: str
    role: str
    before: tuple[Bar, ...]
    after: tuple[Bar, ...]


class Lanes(NamedTuple):
    """The lanes of all roles that change in ``[start, end)``, the first to change first."""

    start: Instant
    end: Instant
    lanes: tuple[Lane, ...]


def lanes(before: TeamState, after: TeamState, changes: Iterable[HandChange], now: Instant) -> Lanes | None:
    """Return the weeks from now, or from the first change to come where that is far; None without one."""
    ahead = [change for change in changes if not change.past]
    if not ahead:
        return None
    start = now if ahead[0].start < now + 2 * WEEK else ahead[0].start
    for length in _LENGTHS:
        found = _lanes(before, after, ahead, (start, Instant(start + length)))
        if all(len(side) <= _MOST_BARS for lane in found.lanes for side in (lane.before, lane.after)):
            return found
    short = tuple(lane._replace(before=lane.before[:_MOST_BARS], after=lane.after[:_MOST_BARS]) for lane in found.lanes)
    return found._replace(lanes=short)


def _lanes(
    before: TeamState, after: TeamState, changes: Iterable[HandChange], window: tuple[Instant, Instant]
) -> Lanes:
    start, end = window
    touched: dict[tuple[str, str], list[HandChange]] = {}
    for change in changes:
        if change.start < end and change.end > start:
            touched.setdefault(change[:2], []).append(change)
    return Lanes(
        start,
        end,
        tuple(
            Lane(rotation, role, *(_bars(state, (rotation, role), window, theirs) for state in (before, after)))
            for (rotation, role), theirs in touched.items()
        ),
    )


def _bars(
    state: TeamState, place: tuple[str, str], window: tuple[Instant, Instant], changes: list[HandChange]
) -> tuple[Bar, ...]:
    files = state.rotations.get(place[0])
    shifts = _shifts(files.schedule.shifts(*window, (place[1],)), changes) if files else []
    bars = [(*each, _touches(each[0], each[1], changes)) for each in shifts]
    left = [change for change in changes if not any(_overlap(change, bar[0], bar[1]) for bar in bars)]
    empty = [(Instant(max(each.start, window[0])), Instant(min(each.end, window[1])), (), True) for each in left]
    return tuple(Bar(*bar) for bar in sorted([*bars, *empty]))


def _shifts(shifts: Iterable[Shift], changes: list[HandChange]) -> list[tuple[Instant, Instant, People]]:
    """Return the shifts, those of one turn and the same people as one where no change lies between them."""
    found: list[tuple[Instant, Instant, People]] = []
    last: Shift | None = None
    for shift in shifts:
        same = last and last.people == shift.people and last.turn == shift.turn is not None
        if last and same and not _touches(last.end, shift.start, changes):
            found[-1] = (found[-1][0], shift.end, shift.people)
        else:
            found.append((shift.start, shift.end, shift.people))
        last = shift
    return found


def _touches(start: Instant, end: Instant, changes: Iterable[HandChange]) -> bool:
    return any(_overlap(change, start, end) for change in changes)


def _overlap(change: HandChange, start: Instant, end: Instant) -> bool:
    return change.start < end and change.end > start
