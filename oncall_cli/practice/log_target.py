"""Into which shift's log a line goes: one's own, else the running primary's, else the next one's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import AssignedShift, RotationState, held_by, next_of
from oncall_cli.practice.shifts import is_over, is_running, running_of


class LogTarget(NamedTuple):
    """The shift that a line is written to: its record, or what its record will be named and scheduled."""

    state: RotationState
    record: ShiftRecord | None
    shift: AssignedShift | None

    @property
    def person(self) -> str:
        """Whose shift it is."""
        found = self.record or self.shift
        assert found is not None
        return found.person

    @property
    def begins(self) -> Instant | None:
        """From when on its log may tell: the schedule's start, or when it really began; None for any time."""
        if self.record is None or self.record.started is None:
            return None
        planned = self.record.scheduled.start if self.record.scheduled else self.record.started
        return min(planned, self.record.started)

    @property
    def is_running(self) -> bool:
        """Whether the person has begun the shift, and not ended it."""
        return self.record is not None and is_running(self.record)


def log_target(states: Sequence[RotationState], person: str, now: Instant, at: Instant | None = None) -> LogTarget:
    """Return the shift for a person's line of now, or of ``at``; raise ``Refused`` where it is not clear which."""
    target = _target_now(states, person, now)
    moment = now if at is None else at
    begun = target.record.started if target.record else None
    if begun is None or moment >= begun:
        return target
    return _of_then(target, person, moment) or target


def _of_then(target: LogTarget, person: str, at: Instant) -> LogTarget | None:
    """Return the shift that a line of an earlier time belongs to: this one by its schedule, else the one of then."""
    record, state = target.record, target.state
    if record and record.scheduled and record.scheduled.start <= at:
        return target
    then = [shift for shift in state.shifts if shift is not record and _lasted(shift, at)]
    own = [shift for shift in then if shift.person == person]
    found = own or [shift for shift in then if shift.role == PRIMARY]
    return LogTarget(state, max(found, key=lambda shift: shift.started or 0), None) if found else None


def _lasted(shift: ShiftRecord, at: Instant) -> bool:
    """Tell whether a shift was stood at an instant, or was to be by its schedule."""
    stood = shift.started is not None and shift.started <= at and (shift.ended is None or at <= shift.ended)
    planned = shift.scheduled is not None and shift.scheduled.start <= at < shift.scheduled.end
    return stood or (planned and shift.started is not None)


def _target_now(states: Sequence[RotationState], person: str, now: Instant) -> LogTarget:
    own = [(state, shifts[0]) for state in states if (shifts := running_of(state.shifts, person))]
    if len(own) == 1:
        return LogTarget(own[0][0], own[0][1], None)
    candidates = [state for state, _ in own] or list(states)
    if len(candidates) > 1:
        why = "you are on duty in several rotations" if own else "there are several rotations"
        raise Refused(f"{why}: {_listed(candidates)}", hint="say which with --rotation ROTATION")
    if not candidates:
        raise Refused("there is no rotation to log for", hint="add one as rotations/<name>/rotation.yaml")
    return _of_rotation(candidates[0], now)


def running_in(state: RotationState, person: str) -> ShiftRecord | None:
    """Return the running shift in whose log a person's work stands: their own, else the primary's; None without one."""
    own = running_of(state.shifts, person)
    others = [shift for shift in state.shifts if shift.role == PRIMARY and is_running(shift)]
    return own[0] if own else max(others, key=lambda shift: shift.started or 0, default=None)


def _of_rotation(state: RotationState, now: Instant) -> LogTarget:
    """Return the running shift of the primary, or the one that the schedule names now or next."""
    holding = state.schedule.at(PRIMARY, now)
    running = [shift for shift in state.shifts if shift.role == PRIMARY and is_running(shift)]
    current = [shift for shift in running if shift.person in holding.people or not is_over(shift, now)]
    if current:
        return LogTarget(state, max(current, key=lambda shift: shift.started or 0), None)
    for shift in _scheduled(state, now):
        record = shift.record(state.shifts)
        if record is None or record.ended is None:
            return LogTarget(state, record, shift)
    raise Refused(
        f"nobody is on call in '{state.id}', now or in the coming year",
        hint=f"see oncall schedule {state.id}",
    )


def _scheduled(state: RotationState, now: Instant) -> Iterator[AssignedShift]:
    """Yield the primary's shift of now, or else the next one, and two that follow: the first may have ended early."""
    at = now
    for _ in range(3):
        holding = state.schedule.at(PRIMARY, at)
        held = [shift for person in holding.people[:1] for shift in held_by(state, person, at, PRIMARY)]
        coming = [next_of(state, person, at, PRIMARY) for person in holding.next_people[:1]]
        found = next((shift for shift in (*held, *coming) if shift), None)
        if found is None:
            return
        yield found
        at = found.end


def _listed(states: Sequence[RotationState]) -> str:
    return ", ".join(state.id for state in states)
