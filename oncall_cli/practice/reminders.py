"""Whom to remind of what: a shift that begins soon, and one that is not what its person was told."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple, Self

from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import RotationState, turn_of
from oncall_cli.schedule.shift import Shift


class Told(NamedTuple):
    """What somebody was told: a shift from its first hour to its last, and its seconds on call, in UTC seconds."""

    rotation: str
    role: str
    person: str
    start: Instant
    end: Instant
    seconds: int

    @classmethod
    def read(cls, kept: Any) -> Self | None:
        """Return what was kept; None for what cannot be understood."""
        if not isinstance(kept, list) or [type(one) for one in kept] != [str, str, str, int, int, int]:
            return None
        return cls(*kept)


class Why(StrEnum):
    """Why somebody is told now."""

    SOON = "soon"
    CHANGED = "changed"
    GONE = "gone"


class Reminder(NamedTuple):
    """What one person is to be told; ``was`` is what they have been told, ``now`` what is so (None: not theirs)."""

    why: Why
    person: str
    was: Told | None
    now: Told | None
    instead: tuple[str, ...] = ()
    """Who has the time of a shift that is gone."""

    @property
    def about(self) -> Told:
        """The shift that it is about."""
        found = self.now or self.was
        assert found is not None
        return found


def reminders(states: Iterable[RotationState], told: Iterable[Told], now: Instant, before: int) -> list[Reminder]:
    """Return what is to be told at ``now``: shifts that begin within ``before`` seconds, and what has changed.

    What is told once is not told again until it changes: give what was told back the next time.
    """
    by_id = {state.id: state for state in states}
    known = [one for one in told if one.end > now and one.rotation in by_id]
    changed = [found for one in known if (found := _changed(by_id[one.rotation], one))]
    moved = {found.was for found in changed}
    handled = {*(one for one in known if one not in moved), *(found.now for found in changed)}
    soon = [
        Reminder(Why.SOON, one.person, None, one)
        for state in by_id.values()
        for one in _beginning(state, now, before)
        if not any(_same(one, other) for other in handled if other)
    ]
    return sorted([*changed, *soon], key=lambda found: (found.about.start, found.about))


def told_after(told: Iterable[Told], done: Iterable[Reminder], now: Instant) -> list[Told]:
    """Return what everybody has been told once these reminders have reached them; what is over is forgotten."""
    kept = {one for one in told if one.end > now}
    for reminder in done:
        kept -= {reminder.was} if reminder.was else set()
        kept |= {reminder.now} if reminder.now else set()
    return sorted(kept)


def _same(one: Told, other: Told) -> bool:
    return one[:3] == other[:3] and one.start < other.end and other.start < one.end


def _beginning(state: RotationState, now: Instant, before: int) -> list[Told]:
    """Return the whole shifts whose first hour is near."""
    shifts = state.schedule.shifts(now, Instant(now + before + 1), cut=False)
    found = {_whole(state, shift, person) for shift in shifts for person in shift.people}
    return sorted(one for one in found if now < one.start <= now + before)


def _changed(state: RotationState, told: Told) -> Reminder | None:
    """Return what has become of a shift since its person was told, None where it is as they know it."""
    held = state.schedule.shifts(told.start, told.end, (told.role,), cut=False)
    theirs = [_whole(state, shift, told.person) for shift in held if told.person in shift.people]
    if told in theirs:
        return None
    if theirs:
        return Reminder(Why.CHANGED, told.person, told, max(theirs, key=lambda one: _overlap(one, told)))
    instead = tuple(dict.fromkeys(person for shift in held for person in shift.people))
    return Reminder(Why.GONE, told.person, told, None, instead)


def _overlap(one: Told, other: Told) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _whole(state: RotationState, shift: Shift, person: str) -> Told:
    """Return all that a person stands of one turn, be it cut by ``hours`` or by overrides."""
    stood = state.schedule.shifts(*turn_of(state, shift), (shift.role,), cut=False)
    same = [one for one in stood if person in one.people and one.turn == shift.turn]
    seconds = sum(one.end - one.start for one in same)
    return Told(state.id, shift.role, person, same[0].start, same[-1].end, seconds)
