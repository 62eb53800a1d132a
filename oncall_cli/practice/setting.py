"""What a change of who is on call is decided on: the team's files, now, and by whose wall times are said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.override import Change, Override
from oncall_cli.model.person import Person, TimeOff
from oncall_cli.model.time import Instant, LocalMoment
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.team_state import RotationFiles, TeamState
from oncall_cli.schedule.compile import compile_schedule
from oncall_cli.schedule.said import said, said_span
from oncall_cli.schedule.schedule import Schedule
from oncall_cli.schedule.spans import Span, intersection, union
from oncall_cli.schedule.walls import WallClock


class Post(NamedTuple):
    """A role of a rotation."""

    rotation: str
    role: str

    def __str__(self) -> str:
        return f"{self.role} of '{self.rotation}'"


class Setting(NamedTuple):
    """The files as they are, the instant that is now, and the clock of the reader."""

    team: TeamState
    now: Instant
    clock: WallClock

    def files(self, rotation: str) -> RotationFiles:
        """Return what the files say of a rotation."""
        return self.team.rotations[rotation]

    def state(self, rotation: str) -> RotationState:
        """Return a rotation as the search for whole shifts sees it."""
        files = self.files(rotation)
        return RotationState(files.record, files.schedule, ())

    def chosen(self, rotation: str | None) -> Sequence[str]:
        """Return the rotation that was named, or all."""
        return [rotation] if rotation else list(self.team.rotations)

    def person(self, person: str) -> Person:
        """Return somebody's record; who has no file cannot be put on call."""
        if person not in self.team.people:
            raise Refused(f"there is no readable file of '{person}'", hint="see 'oncall check'")
        return self.team.people[person]

    def with_override(self, rotation: str, made: Override) -> Setting:
        """Return the setting as it would be with one more override."""
        files = self.files(rotation)
        overrides = (*files.overrides, made)
        changed = RotationFiles(files.record, overrides, compile_schedule(files.record, overrides))
        rotations = {**self.team.rotations, rotation: changed}
        return self._replace(team=self.team._replace(rotations=rotations))

    def spans(self, post: Post, person: str, start: Instant, end: Instant) -> list[Span]:
        """Return when, in ``[start, end)``, somebody stands a role."""
        return spans_of(self.files(post.rotation).schedule, post.role, person, start, end)

    def stood(self, person: str, start: Instant, end: Instant) -> dict[Post, list[Span]]:
        """Return when somebody stands which role; to shadow does not count."""
        posts = [Post(name, role) for name, files in self.team.rotations.items() for role in files.counted_roles()]
        found = {post: self.spans(post, person, start, end) for post in posts}
        return {post: spans for post, spans in found.items() if spans}

    def away(self, person: str, spans: Sequence[Span]) -> TimeOff | None:
        """Return the first time off of somebody that has a time in any of the spans."""
        for off in self.person(person).time_off:
            if intersection(spans, [self.off_span(person, off)]):
                return off
        return None

    def off_span(self, person: str, off: TimeOff) -> Span:
        """Return when somebody is away, by their own wall."""
        clock = self.team.clock_of(person)
        return clock.instant(off.from_.wall), clock.instant(off.until.wall)

    def said(self, instant: Instant) -> str:
        """Return ``Tue 2026-11-24 09:00``, by the reader's wall."""
        return said(self.clock, instant)

    def said_span(self, start: Instant, end: Instant) -> str:
        """Return ``Tue 2026-11-24 09:00 to 17:00``, by the reader's wall."""
        return said_span(self.clock, start, end)

    def typed(self, start: Instant, end: Instant) -> str:
        """Return the options that ask for a time, as the reader would type them."""
        first, last = (LocalMoment(self.clock.wall(edge), is_date=False) for edge in (start, end))
        return f'--from "{first}" --to "{last}"'


def spans_of(schedule: Schedule, role: str, person: str, start: Instant, end: Instant) -> list[Span]:
    """Return when, in ``[start, end)``, somebody stands a role."""
    shifts = schedule.shifts(start, end, (role,)) if start < end else []
    return union((shift.start, shift.end) for shift in shifts if person in shift.people)


def hull(spans: Sequence[Span]) -> Span:
    """Return the time from the first start to the last end."""
    return spans[0][0], spans[-1][1]


def changes_with(
    overrides: Iterable[Override], role: str, start: Instant, end: Instant
) -> list[tuple[Override, Change]]:
    """Return the changes of a role that have a time in ``[start, end)``, with their overrides."""
    return [
        (override, change)
        for override in overrides
        for change in override.changes
        if change.role == role and change.start < end and change.end > start
    ]
