"""Whether a person may report for duty in a rotation now, and what that changes; else, why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from oncall_cli.model.override import Change
from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.time import DAY, HOUR, Instant
from oncall_cli.practice.assigned import AssignedShift, RotationState, held_by, next_hours, next_of
from oncall_cli.practice.new_override import change
from oncall_cli.practice.shifts import is_over, is_running, shift_before
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.shift import Holding, Shift

EARLY = HOUR


class Begin(NamedTuple):
    """The shift may begin: which, from when, and what comes with it."""

    shift: AssignedShift
    at: Instant
    record: ShiftRecord | None = None
    """The shift's file, where somebody wrote into its log before it began."""
    accepts: ShiftRecord | None = None
    """The ended shift whose handover is accepted by beginning."""
    unended: ShiftRecord | None = None
    """The shift before, when its person has not ended it."""
    cover: Change | None = None
    """What the schedule must say for the shift to be this person's."""
    leaves: tuple[Change, ...] = ()
    """What the person leaves to nobody for it: the other roles that they have in the rotation."""
    running: bool = False
    """The shift has begun before; only the handover is still to be accepted."""
    resumes: bool = False
    """The shift was ended before its time, and goes on."""


class Begun(NamedTuple):
    """The person has begun this shift already, and perhaps ended it."""

    rotation: str
    record: ShiftRecord


class NotYours(NamedTuple):
    """Somebody else is on call, or nobody; and when the person's next hours begin."""

    rotation: str
    holding: Holding
    next_shift: Shift | None


Decision = Begin | Begun | NotYours


def decide(state: RotationState, person: str, at: Instant, *, cover: bool = False) -> Decision:
    """Return what reporting for duty at an instant means in one rotation."""
    candidates = _candidates(state, person, at)
    if cover and not any(shift.role == PRIMARY for shift in candidates):
        change = cover_for(state, person, at)
        return _begin(state, _covered(state, person, change), at, change)
    if candidates:
        return _begin(state, candidates[0], at, None)
    return NotYours(state.id, state.schedule.at(PRIMARY, at), next_hours(state, person, at))


def cover_for(state: RotationState, person: str, at: Instant, role: str = PRIMARY) -> Change:
    """Return the change that gives a person a role until the present stretch, or the gap, ends.

    It stands in for whoever the roster names, also where another override has given their time away.
    """
    holding = state.schedule.at(role, at)
    end = holding.end or holding.next_start or Instant(at + DAY)
    by_roster = compile_schedule(state.rotation).at(role, at).people
    instead_of = by_roster[0] if by_roster else None
    return Change(role=role, start=at, end=end, person=(person,), instead_of=instead_of)


def left_by(state: RotationState, person: str, cover: Change | None) -> tuple[Change, ...]:
    """Return the changes that leave a person's other roles to nobody while they cover."""
    if cover is None:
        return ()
    stood = state.schedule.shifts(cover.start, cover.end)
    return tuple(
        change(each.role, each.start, each.end, (), person)
        for each in stood
        if each.people == (person,) and each.role != cover.role
    )


def _candidates(state: RotationState, person: str, at: Instant) -> list[AssignedShift]:
    """Return the shifts that a person may begin, in the order of the roles: those of now, and a near one.

    A shift that ends within the same hour gives way to the one that follows it.
    """
    current = held_by(state, person, at)
    near = next_of(state, person, at, within=EARLY)
    if near is None:
        return current
    staying = [shift for shift in current if shift.end > near.start]
    order = list(state.schedule.roles)
    return sorted([*staying, near], key=lambda shift: order.index(shift.role))


def _covered(state: RotationState, person: str, change: Change) -> AssignedShift:
    return AssignedShift(state.id, change.role, person, change.start, change.end, state.day(change.start))


def _begin(state: RotationState, shift: AssignedShift, at: Instant, cover: Change | None) -> Begin | Begun:
    record = shift.record(state.shifts)
    if record is not None and record.ended is not None and cover is not None:
        record = None
    if record is not None and record.started is not None:
        return _again(state, shift, record, at)
    before = shift_before(state.shifts, shift.role, shift.start, begun_before=at, besides=record)
    unended = before if before is not None and is_running(before) and is_over(before, at) else None
    return Begin(shift, at, record, _to_accept(before), unended, cover, left_by(state, shift.person, cover))


def _again(state: RotationState, shift: AssignedShift, record: ShiftRecord, at: Instant) -> Begin | Begun:
    """Return what it means to report twice: to go on, to accept a handover that came late, or nothing."""
    if record.ended is not None and at < shift.end:
        return Begin(shift, at, record, resumes=True)
    before = shift_before(state.shifts, shift.role, shift.start, begun_before=at, besides=record)
    accepts = _to_accept(before) if is_running(record) else None
    return Begin(shift, at, record, accepts, running=True) if accepts else Begun(state.id, record)


def _to_accept(before: ShiftRecord | None) -> ShiftRecord | None:
    """Return the shift before if it has ended and nobody has accepted what it hands over."""
    return before if before is not None and before.ended is not None and before.accepted is None else None


def begins(decisions: Sequence[Decision]) -> list[Begin]:
    """Return the shifts that may begin."""
    return [decision for decision in decisions if isinstance(decision, Begin)]
