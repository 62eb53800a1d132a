"""What a change of the files does to a schedule: which stretches change hands, which gaps open and close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from typing import NamedTuple

from oncall_cli.model.time import Instant
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.shift import Gap, People, Shift
from oncall_cli.schedule.spans import Span, difference

Schedules = Mapping[str, Schedule]


class HandChange(NamedTuple):
    """A stretch, in UTC seconds, of one turn whose holders change; ``past`` is the part before now.

    ``turn`` is the handoff that began the turn as it will be, or as it was where nobody has it any more.
    """

    rotation: str
    role: str
    start: Instant
    end: Instant
    before: People
    after: People
    turn: Instant | None
    past: bool


class RotationGap(NamedTuple):
    """A gap of one rotation."""

    rotation: str
    gap: Gap


class Comparison(NamedTuple):
    """The difference between two sets of schedules in ``[start, end)``."""

    start: Instant
    end: Instant
    changes: tuple[HandChange, ...]
    gaps_before: tuple[RotationGap, ...]
    gaps_after: tuple[RotationGap, ...]

    @property
    def opened(self) -> list[RotationGap]:
        """The times that nobody meant to leave uncovered and that the change uncovers."""
        return _only_in(self.gaps_after, self.gaps_before)

    @property
    def closed(self) -> list[RotationGap]:
        """The times that were uncovered, and are not any more."""
        return _only_in(self.gaps_before, self.gaps_after)


def compare(before: Schedules, after: Schedules, start: Instant, end: Instant, now: Instant) -> Comparison:
    """Return what is different in ``[start, end)``, cut at ``now`` so that past and future are apart.

    A rotation whose schedule is the same object in both has no difference, and costs nothing.
    """
    changes: list[HandChange] = []
    gaps_before: list[RotationGap] = []
    gaps_after: list[RotationGap] = []
    for rotation in dict.fromkeys((*before, *after)):
        was, will = before.get(rotation), after.get(rotation)
        if was is will:
            continue
        for role in dict.fromkeys((*(was.roles if was else ()), *(will.roles if will else ()))):
            held = (_shifts(was, role, start, end), _shifts(will, role, start, end))
            changes += _changes(rotation, role, *held, now)
        gaps_before += _gaps(rotation, was, start, end)
        gaps_after += _gaps(rotation, will, start, end)
    changes.sort(key=lambda change: change.start)
    return Comparison(start, end, tuple(changes), tuple(gaps_before), tuple(gaps_after))


def _shifts(schedule: Schedule | None, role: str, start: Instant, end: Instant) -> list[Shift]:
    return schedule.shifts(start, end, (role,)) if schedule else []


def _gaps(rotation: str, schedule: Schedule | None, start: Instant, end: Instant) -> Iterator[RotationGap]:
    return (RotationGap(rotation, gap) for gap in (schedule.gaps(start, end) if schedule else ()))


def _changes(rotation: str, role: str, before: list[Shift], after: list[Shift], now: Instant) -> Iterator[HandChange]:
    """Yield where two sorted lists of shifts differ in their people; adjacent parts of one turn are one."""
    last: HandChange | None = None
    for start, end, was, will in _together(*_differing(before, after), now):
        held = (was.people if was else (), will.people if will else ())
        if set(held[0]) == set(held[1]):
            continue
        known = will or was
        change = HandChange(rotation, role, start, end, *held, known.turn if known else None, end <= now)
        if last and last.end == start and last[4:] == change[4:]:
            last = last._replace(end=end)
            continue
        if last:
            yield last
        last = change
    if last:
        yield last


def _differing(before: list[Shift], after: list[Shift]) -> tuple[list[Shift], list[Shift]]:
    """Return the lists without the shifts with which both begin, and both end."""
    shorter = min(len(before), len(after))
    head = next((place for place in range(shorter) if before[place] != after[place]), shorter)
    rest = shorter - head
    tail = next((place for place in range(rest) if before[-1 - place] != after[-1 - place]), rest)
    return before[head : len(before) - tail], after[head : len(after) - tail]


def _together(
    before: list[Shift], after: list[Shift], now: Instant
) -> Iterator[tuple[Instant, Instant, Shift | None, Shift | None]]:
    """Yield the stretches between any two bounds of either list, or ``now``, with the shift of each."""
    bounds = sorted({now, *chain.from_iterable((shift.start, shift.end) for shift in chain(before, after))})
    was, will = _Cursor(before), _Cursor(after)
    for start, end in pairwise(bounds):
        yield start, end, was.at(start), will.at(start)


class _Cursor:
    """Finds the shift of each of several ascending instants."""

    def __init__(self, shifts: list[Shift]) -> None:
        self._shifts = shifts
        self._place = 0

    def at(self, instant: Instant) -> Shift | None:
        while self._place < len(self._shifts) and self._shifts[self._place].end <= instant:
            self._place += 1
        found = self._shifts[self._place] if self._place < len(self._shifts) else None
        return found if found and found.start <= instant else None


def _only_in(gaps: Iterable[RotationGap], others: Iterable[RotationGap]) -> list[RotationGap]:
    """Return the unintended gaps of the first that are not in the second."""
    taken: dict[tuple[str, str], list[Span]] = {}
    for rotation, gap in others:
        if not gap.intended:
            taken.setdefault((rotation, gap.role), []).append((gap.start, gap.end))
    return [
        RotationGap(rotation, Gap(gap.role, *span, intended=False))
        for rotation, gap in gaps
        if not gap.intended
        for span in difference([(gap.start, gap.end)], taken.get((rotation, gap.role), []))
    ]
