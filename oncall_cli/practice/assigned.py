"""What the schedule asks of a person: the whole shift, from first hour to last, that one record tells of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.rotation import Rotation
from oncall_cli.model.shift import ShiftRecord
from oncall_cli.model.time import DAY, WEEK, Instant, day_of
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.shift import Shift

if TYPE_CHECKING:
    from oncall_cli.schedule.schedule import Schedule

_FIRST_LOOK = 8 * WEEK
_LONG_LOOK = 53 * WEEK
# A role held by name has no handoffs that would say where it ends; nobody holds one for longer.
_LONGEST_STINT = 100 * DAY


class RotationState(NamedTuple):
    """A rotation as practice sees it: its file, its schedule, its recorded shifts, its overrides' ids."""

    rotation: Rotation
    schedule: Schedule
    shifts: Sequence[ShiftRecord]
    overrides: Sequence[str] = ()

    @property
    def id(self) -> str:
        """The rotation's name."""
        return self.rotation.id

    @property
    def zone(self) -> Zone:
        """The zone of the rotation's wall."""
        return self.schedule.zone

    def day(self, instant: Instant) -> date:
        """Return the day that the rotation's wall shows."""
        return day_of(self.schedule.clock.wall(instant))


class AssignedShift(NamedTuple):
    """A person's shift in a role: every hour of one turn, or of one override, from the first to the last."""

    rotation: str
    role: str
    person: str
    start: Instant
    end: Instant
    day: date

    @property
    def id(self) -> str:
        """The name of the record that tells of the shift."""
        return f"{self.day.isoformat()}-{self.person}-{self.role}"

    def path(self, taken: Iterable[str]) -> str:
        """Return the file for a new record: a second shift on one day gets a number."""
        names = set(taken)
        numbered = (self.id, *(f"{self.id}-{number}" for number in range(2, len(names) + 3)))
        free = next(name for name in numbered if name not in names)
        return f"rotations/{self.rotation}/shifts/{self.day.year:04d}/{free}.yaml"

    def record(self, shifts: Iterable[ShiftRecord]) -> ShiftRecord | None:
        """Return the record of this shift, if it has one: the latest whose time is also this shift's."""
        same = [shift for shift in shifts if shift.person == self.person and shift.role == self.role]
        found = [shift for shift in same if self._is_of(shift)]
        return max(found, key=lambda shift: (shift.started or 0, shift.id), default=None)

    def _is_of(self, shift: ShiftRecord) -> bool:
        if shift.scheduled is None:
            return shift.id == self.id
        return shift.scheduled.start < self.end and self.start < shift.scheduled.end


def held_by(state: RotationState, person: str, at: Instant, role: str | None = None) -> list[AssignedShift]:
    """Return the shifts that a person holds at an instant, in the order of the roles, or of one role."""
    now = state.schedule.shifts(at, Instant(at + 1), (role,) if role else None, cut=False)
    mine = {shift.role: shift for shift in now if person in shift.people}
    return [assigned(state, mine[role], person) for role in state.schedule.roles if role in mine]


def next_of(
    state: RotationState, person: str, after: Instant, role: str | None = None, *, within: int = 0
) -> AssignedShift | None:
    """Return the shift to which a person's next hours belong, within some seconds or the coming year."""
    first = next_hours(state, person, after, role, within=within)
    return assigned(state, first, person) if first else None


def next_hours(
    state: RotationState, person: str, after: Instant, role: str | None = None, *, within: int = 0
) -> Shift | None:
    """Return a person's first hours that begin after an instant, be it in the midst of a shift that ``hours`` cut."""
    for look in (within,) if within else (_FIRST_LOOK, _LONG_LOOK):
        coming = state.schedule.shifts(after, Instant(after + look + 1), (role,) if role else None, cut=False)
        mine = [shift for shift in coming if person in shift.people and shift.start > after]
        if mine:
            order = list(state.schedule.roles)
            return min(mine, key=lambda shift: (shift.start, order.index(shift.role)))
    return None


def assigned(state: RotationState, shift: Shift, person: str) -> AssignedShift:
    """Return the whole shift to which a stretch of a person's time belongs."""
    around = state.schedule.shifts(*turn_of(state, shift), (shift.role,), cut=False)
    of_turn = (shift.layer, shift.turn, shift.override)
    same = [one for one in around if person in one.people and (one.layer, one.turn, one.override) == of_turn]
    start, end = same[0].start, same[-1].end
    return AssignedShift(state.id, shift.role, person, start, end, state.day(start))


def turn_of(state: RotationState, shift: Shift) -> tuple[Instant, Instant]:
    """Return from when until when the turn lasts of which the stretch is a part."""
    if shift.turn is None:
        return shift.start, shift.end
    if shift.layer is None:
        return shift.turn, Instant(shift.turn + _LONGEST_STINT)
    turn = state.schedule.turns(shift.layer, shift.turn, Instant(shift.turn + 1))[0]
    return turn.start, turn.end
