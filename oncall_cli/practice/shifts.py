"""Which of the recorded shifts is meant: the running ones, the one before, one's own last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.shift import EntryKind, LogEntry, ShiftRecord
from oncall_cli.model.time import WEEK, Instant

if TYPE_CHECKING:
    from oncall_cli.schedule.schedule import Schedule

_MARKS = (EntryKind.START, EntryKind.END)


class ToldEntry(NamedTuple):
    """An entry of a log, and the rotation in whose log it stands."""

    rotation: str
    entry: LogEntry


def without_marks(log: Iterable[LogEntry]) -> list[LogEntry]:
    """Return the entries that say something, by time: not the ones that mark start and end."""
    return sorted((entry for entry in log if entry.kind not in _MARKS), key=lambda entry: entry.at)


def is_running(shift: ShiftRecord) -> bool:
    """Tell whether somebody has begun the shift and not ended it."""
    return shift.started is not None and shift.ended is None


def is_over(shift: ShiftRecord, now: Instant) -> bool:
    """Tell whether the schedule's time of a shift is over, whether or not somebody ended it."""
    return shift.scheduled is not None and shift.scheduled.end <= now


def left_open(shift: ShiftRecord, schedule: Schedule, now: Instant) -> bool:
    """Tell whether a shift runs on whose person is no longer on call: nothing of its time is theirs from now on."""
    if not is_running(shift):
        return False
    if shift.scheduled is None or shift.scheduled.end <= now:
        return shift.scheduled is not None
    rest = schedule.shifts(now, shift.scheduled.end, (shift.role,))
    return not any(shift.person in each.people for each in rest)


def running_of(shifts: Iterable[ShiftRecord], person: str) -> list[ShiftRecord]:
    """Return the shifts that a person has begun and not ended, the primary's first, the newest first."""
    mine = [shift for shift in shifts if shift.person == person and is_running(shift)]
    return sorted(mine, key=lambda shift: (shift.role != PRIMARY, -(shift.started or 0)))


def shift_before(
    shifts: Iterable[ShiftRecord], role: str, start: Instant, *, begun_before: Instant, besides: ShiftRecord | None
) -> ShiftRecord | None:
    """Return the shift of a role that comes before one that starts then: the last to have ended, or to have to.

    Who stands the same turn together, or is being covered, does not come before unless they have ended.
    """
    begun = [
        shift
        for shift in shifts
        if shift.role == role
        and shift is not besides
        and shift.started is not None
        and shift.started < begun_before
        and (shift.ended is not None or is_over(shift, start))
    ]
    return max(begun, key=lambda shift: (_end(shift), shift.id), default=None)


def _end(shift: ShiftRecord) -> Instant:
    planned = shift.scheduled.end if shift.scheduled else shift.started
    return shift.ended or planned or Instant(0)


def last_ended(shifts: Iterable[ShiftRecord]) -> ShiftRecord | None:
    """Return the shift that hands over: the primary's that ended last, else another's, else what runs."""
    begun = [shift for shift in shifts if shift.started]
    return max(
        begun,
        key=lambda shift: (shift.role == PRIMARY, shift.ended or 0, shift.started or 0),
        default=None,
    )


def last_ended_of(shifts: Iterable[ShiftRecord], role: str, before: Instant) -> ShiftRecord | None:
    """Return the shift of a role that had ended last at an instant."""
    ended = [shift for shift in shifts if shift.role == role and shift.ended is not None and shift.ended <= before]
    return max(ended, key=lambda shift: (shift.ended or 0, shift.id), default=None)


def end_of_my_last(shifts: Iterable[ShiftRecord], person: str, before: Instant) -> Instant | None:
    """Return when the last shift of a person ended."""
    ends = [shift.ended for shift in shifts if shift.person == person and shift.ended]
    return max((end for end in ends if end <= before), default=None)


def last_seen(logs: Mapping[str, Sequence[ShiftRecord]], person: str, now: Instant) -> dict[str, Instant]:
    """Return, for each rotation, the end of the person's own last shift there.

    Who never stood a shift in one of them has seen it at the end of their last shift elsewhere; a newcomer, a week ago.
    """
    everywhere = [shift for shifts in logs.values() for shift in shifts]
    otherwise = end_of_my_last(everywhere, person, now) or Instant(now - WEEK)
    return {rotation: end_of_my_last(shifts, person, now) or otherwise for rotation, shifts in logs.items()}


def entries_between(logs: Mapping[str, Sequence[ShiftRecord]], start: Instant, end: Instant) -> list[ToldEntry]:
    """Return all that the logs of the rotations say from ``start`` to ``end``, by time."""
    told = [
        ToldEntry(rotation, entry)
        for rotation, shifts in logs.items()
        for shift in shifts
        for entry in shift.log
        if start <= entry.at <= end
    ]
    return sorted(told, key=lambda one: one.entry.at)


def entries_since(logs: Mapping[str, Sequence[ShiftRecord]], seen: Mapping[str, Instant]) -> list[ToldEntry]:
    """Return what the logs of the rotations say since an instant of each, by time."""
    told = [
        ToldEntry(rotation, entry)
        for rotation, shifts in logs.items()
        for entry in without_marks(entry for shift in shifts for entry in shift.log)
        if entry.at > seen[rotation]
    ]
    return sorted(told, key=lambda one: one.entry.at)
