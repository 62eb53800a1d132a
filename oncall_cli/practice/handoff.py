"""What a shift hands over, and to whom."""

from __future__ import annotations

from typing import NamedTuple

from oncall_cli.model.shift import LogEntry, ShiftRecord
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.shifts import last_ended


class Handoff(NamedTuple):
    """A shift seen by whoever comes after it."""

    rotation_id: str
    rotation_name: str
    zone: Zone
    shift: ShiftRecord
    log: tuple[LogEntry, ...]
    next_people: tuple[str, ...]
    next_start: Instant | None

    @property
    def since(self) -> Instant:
        """When the shift began, or was to begin."""
        planned = self.shift.scheduled.start if self.shift.scheduled else None
        moments = (self.shift.started, planned, *(entry.at for entry in self.log))
        return next((moment for moment in moments if moment is not None), Instant(0))


def handoff_of(state: RotationState, shift: ShiftRecord) -> Handoff:
    """Return what one shift of a rotation hands over."""
    people, start = _next(state, shift)
    log = tuple(sorted(shift.log, key=lambda entry: entry.at))
    return Handoff(state.id, state.rotation.name, state.zone, shift, log, people, start)


def shift_to_hand_over(state: RotationState, shift_id: str | None = None) -> ShiftRecord | None:
    """Return the shift of that id, or without one the shift that ended last, or the running one."""
    if shift_id is None:
        return last_ended(state.shifts)
    return next((shift for shift in state.shifts if shift.id == shift_id), None)


def _next(state: RotationState, shift: ShiftRecord) -> tuple[tuple[str, ...], Instant | None]:
    """Return who holds the role after the shift, and from when."""
    end = shift.scheduled.end if shift.scheduled else shift.ended
    if end is None:
        return (), None
    holding = state.schedule.at(shift.role, end)
    if holding.people and holding.people != (shift.person,):
        return holding.people, holding.start
    return holding.next_people, holding.next_start
