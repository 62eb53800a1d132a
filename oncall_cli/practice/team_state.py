"""A team's rotations and people at one state of its files, as the comparison of two states needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from oncall_cli.model.override import Override
from oncall_cli.model.person import Person
from oncall_cli.model.rotation import Rotation
from oncall_cli.model.time import Instant
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.fairness import Load, Posts, loads
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.walls import WallClock


class RotationFiles(NamedTuple):
    """What the files say of one rotation, and the schedule that follows."""

    record: Rotation
    overrides: Sequence[Override]
    schedule: Schedule

    def counted_roles(self) -> list[str]:
        """Return the roles that are a load: those that turns are dealt for, not those held by name (shadows)."""
        return [role for role in self.schedule.roles if not isinstance(self.record.roles.get(role), tuple)]

    def posts(self, start: Instant, end: Instant, role: str | None = None) -> Posts:
        """Return the shifts in ``[start, end)`` that are a load, or those of one role."""
        roles = self.counted_roles() if role is None else [role]
        return Posts(self.schedule.shifts(start, end, roles), self.schedule.clock, self.record.holidays)


class TeamState(NamedTuple):
    """The rotations by id, the people by id, and the zone of those who name none."""

    rotations: Mapping[str, RotationFiles]
    people: Mapping[str, Person]
    zone: Zone

    def schedules(self) -> dict[str, Schedule]:
        """Return the schedules by rotation."""
        return {name: files.schedule for name, files in self.rotations.items()}

    def zone_of(self, person: str) -> Zone:
        """Return the zone that somebody lives in."""
        known = self.people.get(person)
        return (known.timezone if known else None) or self.zone

    def clock_of(self, person: str) -> WallClock:
        """Return the clock on somebody's own wall."""
        return WallClock(self.zone_of(person))

    def loads(self, start: Instant, end: Instant, role: str | None = None) -> dict[str, Load]:
        """Return what each person bears in all rotations together."""
        return loads((files.posts(start, end, role) for files in self.rotations.values()), self.zone_of, start, end)
