"""What somebody needs to know at the start of a shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from oncall_cli.model.roles import PRIMARY
from oncall_cli.model.rotation import Role
from oncall_cli.model.shift import LogEntry, ShiftRecord
from oncall_cli.model.time import Instant
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.duties import DueDuty, duties_on
from oncall_cli.practice.duty_log import Occurrence, done_on, missed
from oncall_cli.practice.shifts import ToldEntry, entries_since, last_seen
from oncall_cli.practice.start import Begin


class Briefing(NamedTuple):
    """One shift that begins: what was handed over to it, and what is due on its first day."""

    begin: Begin
    state: RotationState
    handed_over: ShiftRecord | None
    duties: tuple[DueDuty, ...]
    responsibilities: str
    missed: tuple[Occurrence, ...] = ()
    """The duties of the role that nobody did while the shift before lasted."""
    done: Mapping[str, LogEntry] = MappingProxyType({})
    """Which of the duties somebody has done already, by their ids."""


def briefing(begin: Begin, state: RotationState) -> Briefing:
    """Return what the person who begins a shift needs to know of its rotation."""
    role = state.rotation.roles.get(begin.shift.role)
    today = state.day(begin.at)
    duties = duties_on(today, state.rotation, [begin.shift.role], begin.shift.person)
    told = role.responsibilities if isinstance(role, Role) else None
    before = _handed_over(begin, state)
    since = before.started if before else None
    left = missed(state, since, begin.at, begin.at) if since is not None else []
    theirs = tuple(one for one in left if one.duty.role == begin.shift.role or one.duty.members)
    return Briefing(begin, state, before, tuple(duties), told or "", theirs, done_on(state, today))


def news(states: Sequence[RotationState], seen: Mapping[str, Instant]) -> list[ToldEntry]:
    """Return what was logged since the person had seen it, in each rotation."""
    return entries_since({state.id: state.shifts for state in states}, seen)


def seen_until(states: Sequence[RotationState], person: str, now: Instant) -> dict[str, Instant]:
    """Return until when the person has seen what happened, for each rotation."""
    return last_seen({state.id: state.shifts for state in states}, person, now)


def shares(state: RotationState, person: str) -> bool:
    """Tell whether a person takes turns in a rotation, or holds a role of it by name."""
    rotation = state.rotation
    stints = [stint.person for role in rotation.roles.values() if isinstance(role, tuple) for stint in role]
    members = [member for layer in rotation.all_layers() for version in layer.roster for member in version.members]
    return person in stints or any(person in member for member in members)


def _handed_over(begin: Begin, state: RotationState) -> ShiftRecord | None:
    """Return the shift that ended last: of the role, or of the primary where the role has none."""
    if begin.accepts:
        return begin.accepts
    ended = [shift for shift in state.shifts if shift.role in (begin.shift.role, PRIMARY) and shift.ended]
    return max(ended, key=lambda shift: (shift.role == begin.shift.role, shift.ended or 0), default=None)
