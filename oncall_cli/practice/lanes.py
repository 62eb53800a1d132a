"""The weeks around a change, role by role: who stands them before it, and who after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from oncall_cli.model.time import DAY, WEEK, Instant
from oncall_cli.practice.stretches import Kind
from oncall_cli.practice.team_state import TeamState
from oncall_cli.schedule.comparison import HandChange
from oncall_cli.schedule.shift import Gap, People, Shift, Source
from oncall_cli.schedule.spans import Span, difference, intersection, union

_LENGTHS = (4 * WEEK, 2 * WEEK, WEEK, 3 * DAY, DAY)
_MOST_BARS = 30


class Bar(NamedTuple):
    """A stretch of the same people, the windows of one turn together, or of nobody; whether the change touches it."""

    start: Instant
    end: Instant
    people: People
    changed: bool = False
    kind: Kind = Kind.ROSTER
    override: str | None = None


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
    held = _held(files.schedule.shifts(*window, (place[1],)), changes) if files else []
    gaps = [gap for gap in files.schedule.gaps(*window) if gap.role == place[1]] if files else []
    touched = [(max(each.start, window[0]), min(each.end, window[1])) for each in changes]
    bars = [*held, *_empty(gaps, union(touched))]
    left = difference(union(touched), union((bar.start, bar.end) for bar in bars))
    return tuple(sorted([*bars, *(Bar(*span, (), True, Kind.NOBODY) for span in left)]))


def _held(shifts: Iterable[Shift], changes: list[HandChange]) -> list[Bar]:
    """Return the shifts, those of one turn and the same people as one where no change lies between them."""
    found: list[Bar] = []
    last: Shift | None = None
    for shift in shifts:
        same = last and last.people == shift.people and last.turn == shift.turn is not None
        if last and same and last.override == shift.override and not _touches(last.end, shift.start, changes):
            found[-1] = found[-1]._replace(end=shift.end)
        else:
            kind = Kind.OVERRIDE if shift.source is Source.OVERRIDE else Kind.ROSTER
            changed = _touches(shift.start, shift.end, changes)
            found.append(Bar(shift.start, shift.end, shift.people, changed, kind, shift.override))
        last = shift
    return found


def _empty(gaps: Iterable[Gap], touched: list[Span]) -> Iterator[Bar]:
    """Yield the gaps, what the change touches of them apart from the rest."""
    for gap in gaps:
        kind = Kind.NOBODY if gap.intended else Kind.GAP
        whole = [(gap.start, gap.end)]
        yield from (Bar(*span, (), True, kind) for span in intersection(whole, touched))
        yield from (Bar(*span, (), False, kind) for span in difference(whole, touched))


def _touches(start: Instant, end: Instant, changes: Iterable[HandChange]) -> bool:
    return any(_overlap(change, start, end) for change in changes)


def _overlap(change: HandChange, start: Instant, end: Instant) -> bool:
    return change.start < end and change.end > start
