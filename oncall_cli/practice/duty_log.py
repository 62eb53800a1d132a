"""Which duties were done, are still due, or were missed: what fell due, held against the logs of the shifts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from oncall_cli.model.rotation import Duty
from oncall_cli.model.shift import EntryKind, LogEntry, ShiftRecord
from oncall_cli.model.time import Instant, wall_of
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.duties import days_of, member_of

# A duty that comes once a month counts as done until it comes again; look that far ahead for the next.
_LOOK = timedelta(days=400)


class Occurrence(NamedTuple):
    """A duty that falls due: on which day, until when (an instant), whose it is, and what the log says of it."""

    rotation: str
    duty: Duty
    day: date
    due: Instant
    people: tuple[str, ...]
    done: LogEntry | None

    def is_missed(self, now: Instant) -> bool:
        """Whether nobody did it in time; where nobody was on call, nobody has missed it."""
        return self.done is None and self.due < now and bool(self.people)


def occurrences(state: RotationState, start: Instant, end: Instant) -> list[Occurrence]:
    """Return the duties that fall due in ``[start, end)``, by time; those whose rule cannot be read are left out."""
    first, last = state.day(start), state.day(end)
    logged = _logged(state.shifts)
    found = [
        one
        for duty in state.rotation.duties
        for one in _of_duty(state, duty, (first, last), logged.get(duty.id, []))
        if start <= one.due < end
    ]
    return sorted(found, key=lambda one: (one.due, one.duty.id))


def missed(state: RotationState, start: Instant, end: Instant, now: Instant) -> list[Occurrence]:
    """Return what was missed in ``[start, end)``."""
    return [one for one in occurrences(state, start, end) if one.is_missed(now)]


def done_on(state: RotationState, day: date) -> dict[str, LogEntry]:
    """Return what the log says of the duties of a day that are done, by their ids."""
    found = occurrences(state, _midnight(state, day), Instant(_midnight(state, day + timedelta(days=1)) + 1))
    return {one.duty.id: one.done for one in found if one.day == day and one.done}


def by_duty(found: Iterable[Occurrence]) -> list[tuple[Duty, list[Occurrence]]]:
    """Return the occurrences of each duty together, in the order in which the first of each falls due."""
    together: dict[str, list[Occurrence]] = {}
    for one in found:
        together.setdefault(one.duty.id, []).append(one)
    return [(each[0].duty, each) for each in together.values()]


def _of_duty(
    state: RotationState, duty: Duty, window: tuple[date, date], entries: list[LogEntry]
) -> Iterator[Occurrence]:
    try:
        # one day more to either side: a duty without a time is due at the end of its day
        days = days_of(duty, state.rotation, window[0] - timedelta(days=1), window[1] + _LOOK)
    except ValueError:
        return
    for (day, number), (following, _) in pairwise([*days, (window[1] + _LOOK, 0)]):
        if day > window[1]:
            return
        begin, until = _midnight(state, day), _midnight(state, following)
        due = _due(state, duty, day)
        people = (member_of(duty, number),) if duty.members else _holders(state, duty.role, begin, due)
        done = next((entry for entry in entries if begin <= entry.at < until), None)
        yield Occurrence(state.id, duty, day, due, people, done)


def _due(state: RotationState, duty: Duty, day: date) -> Instant:
    """Return until when it is to be done: its time of day, else the end of the day."""
    if duty.at:
        return state.schedule.clock.instant(wall_of(day, duty.at.minutes))
    return _midnight(state, day + timedelta(days=1))


def _holders(state: RotationState, role: str, begin: Instant, due: Instant) -> tuple[str, ...]:
    """Return who holds the role when it is due, else who held it last on that day."""
    stood = [shift for shift in state.schedule.shifts(begin, Instant(due + 1), (role,)) if shift.people]
    return stood[-1].people if stood else ()


def _midnight(state: RotationState, day: date) -> Instant:
    return state.schedule.clock.instant(wall_of(day))


def _logged(shifts: Iterable[ShiftRecord]) -> dict[str, list[LogEntry]]:
    """Return what the logs say of each duty, by time."""
    found: dict[str, list[LogEntry]] = {}
    for shift in shifts:
        for entry in shift.log:
            if entry.kind is EntryKind.DUTY and entry.about:
                found.setdefault(entry.about, []).append(entry)
    return {duty: sorted(entries, key=lambda entry: entry.at) for duty, entries in found.items()}
