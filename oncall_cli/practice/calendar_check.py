"""What a calendar from elsewhere says of who is on call, held against the schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, Instant, Wall, day_of, wall_of
from oncall_cli.practice.calendar_difference import Difference, Piece, differences, segments
from oncall_cli.practice.feeds import About
from oncall_cli.practice.outside_calendar import OutsideEvent
from oncall_cli.practice.recognised import Recognition, folded_text, word_in
from oncall_cli.schedule.shift import People, Shift
from oncall_cli.schedule.spans import Span, intersection, union
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.schedule.schedule import Schedule


class Line(NamedTuple):
    """What is compared: a role of a rotation, or with a person whatever they stand."""

    rotation: str | None = None
    role: str | None = None
    person: str | None = None


class Compared(NamedTuple):
    """A line with its differences, and how many events of the calendar are about it."""

    line: Line
    events: int
    differences: tuple[Difference, ...]


class Verdict(NamedTuple):
    """All that is to be said of a calendar."""

    compared: tuple[Compared, ...]
    silent: tuple[Line, ...]
    """What the calendar holds nothing of, and nobody asked for by name."""
    strangers: tuple[OutsideEvent, ...]
    """The events that name nobody of the team."""

    @property
    def agrees(self) -> bool:
        """Whether the calendar says what the schedule says."""
        return bool(self.compared) and not any(each.differences for each in self.compared)


class _Told(NamedTuple):
    """An event, who is meant by it, and of which rotation and role it speaks."""

    event: OutsideEvent
    people: People
    rotation: str | None
    role: str | None


OURS = ".oncall"
"""The end of every UID of ours."""

MARGIN = 2 * DAY
"""How far outside of a window events are to be known: whole days are longer or shorter than what they stand for."""


def check_events(
    events: Sequence[OutsideEvent],
    rotations: Sequence[tuple[Rotation, Schedule]],
    known: Recognition,
    window: tuple[Instant, Instant],
    about: About,
) -> Verdict:
    """Return how the events of a window differ from the schedules, or from the part of them that is asked about.

    All rotations are to be known, so that an event of one is not taken for another's.
    """
    all_of = {schedule.rotation: schedule for _, schedule in rotations}
    schedules = {name: all_of[name] for name in ([about.rotation] if about.rotation else all_of)}
    told = [_told(event, rotations, known) for event in events if not _is_beside(event)]
    mine = [each for each in told if each.people and _fits(each, about)]
    strangers = tuple(
        each.event for each in told if not each.people and each.event.start < window[1] and each.event.end > window[0]
    )
    if about.person:
        found = [_of_person(mine, schedules, about, window)]
        return Verdict(tuple(found), (), strangers)
    lines = [
        Line(name, role)
        for name, schedule in schedules.items()
        for role in schedule.roles
        if about.role in (None, role)
    ]
    shares = _shared(mine, lines, schedules, window)
    asked = bool(about.role and about.rotation)
    compared = [_of_line(line, shares[line], schedules, window) for line in lines if shares[line] or asked]
    silent = () if asked else tuple(line for line in lines if not shares[line] and _pieces(line, schedules, window))
    return Verdict(tuple(compared), silent, strangers)


def _is_beside(event: OutsideEvent) -> bool:
    """Whether it is one of our own gaps or duties, which are no shifts."""
    named = event.uid.partition("@")[0].split(".")
    return event.uid.endswith(OURS) and ("gap" in named[2:3] or "duty" in named[1:2])


def _told(event: OutsideEvent, rotations: Sequence[tuple[Rotation, Schedule]], known: Recognition) -> _Told:
    """Read from an event whom and what it is about; from a UID of ours, which names it, before any text."""
    people = known.people_in([event.summary, *event.named])
    named = event.uid.partition("@")[0].split(".")
    for record, schedule in rotations:
        if event.uid.endswith(OURS) and named[0] == record.id and named[1:2] and named[1] in schedule.roles:
            return _Told(event, people, named[0], named[1])
    text = folded_text(event.summary)
    found = [
        record for record, _ in rotations if any(word_in(folded_text(one), text) for one in (record.id, record.name))
    ]
    rotation = found[0].id if len(found) == 1 else None
    roles = dict.fromkeys(role for _, schedule in rotations for role in schedule.roles)
    said = [role for role in roles if word_in(role, text)]
    return _Told(event, people, rotation, said[0] if len(said) == 1 else None)


def _fits(told: _Told, about: About) -> bool:
    """Return whether an event may be about what is asked for."""
    return (
        (about.rotation is None or told.rotation in (None, about.rotation))
        and (about.role is None or told.role in (None, about.role))
        and (about.person is None or about.person in told.people)
    )


def _shared(
    told: Iterable[_Told], lines: Sequence[Line], schedules: Mapping[str, Schedule], window: Span
) -> dict[Line, list[_Told]]:
    """Give each event to the line that it speaks of; those that leave it open, together, to the one that they suit."""
    groups: dict[Line, list[_Told]] = {}
    for each in told:
        groups.setdefault(Line(each.rotation, each.role), []).append(each)
    shares: dict[Line, list[_Told]] = {line: [] for line in lines}
    for spoken, group in groups.items():
        open_to = [
            line for line in lines if spoken.rotation in (None, line.rotation) and spoken.role in (None, line.role)
        ]
        if open_to:
            shares[max(open_to, key=lambda line: _agreement(line, group, schedules, window))] += group
    return shares


def _agreement(line: Line, group: Iterable[_Told], schedules: Mapping[str, Schedule], window: Span) -> int:
    """Return for how many seconds the events name the people of a line."""
    pieces = _pieces(line, schedules, window)
    said = [(each.event.start, each.event.end, frozenset(each.people)) for each in group]
    return sum(end - start for start, end, theirs, ours in segments(said, pieces, window) if theirs & ours)


def _of_line(line: Line, group: Sequence[_Told], schedules: Mapping[str, Schedule], window: Span) -> Compared:
    pieces = _pieces(line, schedules, window)
    schedule = schedules[line.rotation or ""]
    shifts = schedule.shifts(*_wider(window), (line.role or "",), cut=False)
    said = [piece for each in group for piece in _said(each, shifts, schedule.clock)]
    return Compared(line, _count(group, window), tuple(differences(said, pieces, window)))


def _of_person(group: Sequence[_Told], schedules: Mapping[str, Schedule], about: About, window: Span) -> Compared:
    person = about.person or ""
    only = frozenset((person,))
    pieces: list[Piece] = []
    said: list[Piece] = []
    for schedule in schedules.values():
        roles = [role for role in schedule.roles if about.role in (None, role)]
        shifts = [shift for shift in schedule.shifts(*window, roles, cut=False) if person in shift.people]
        pieces += [(shift.start, shift.end, only) for shift in shifts]
    everyone = list(schedules.values())
    for each in group:
        schedule = next((one for one in everyone if one.rotation == each.rotation), everyone[0])
        shifts = [one for one in schedule.shifts(*_wider(window), cut=False) if person in one.people]
        said += [(start, end, only) for start, end, _ in _said(each, shifts, schedule.clock)]
    line = Line(about.rotation, about.role, person)
    return Compared(line, _count(group, window), tuple(differences(said, pieces, window)))


def _pieces(line: Line, schedules: Mapping[str, Schedule], window: Span) -> list[Piece]:
    shifts = schedules[line.rotation or ""].shifts(*window, (line.role or "",))
    return [(shift.start, shift.end, frozenset(shift.people)) for shift in shifts]


def _wider(window: Span) -> Span:
    return Instant(window[0] - MARGIN), Instant(window[1] + MARGIN)


def _count(group: Iterable[_Told], window: Span) -> int:
    return sum(each.event.start < window[1] and each.event.end > window[0] for each in group)


def _said(told: _Told, shifts: Sequence[Shift], clock: WallClock) -> list[Piece]:
    """Return the time that an event means; whole days are those of the shift that they stand for, if there is one."""
    event, people = told.event, frozenset(told.people)
    if event.first is None or event.last is None:
        return [(event.start, event.end, people)]
    for shift in shifts:
        first, last = clock.wall(shift.start) // DAY, clock.wall(shift.end) // DAY
        is_it = (wall_of(event.first) // DAY, wall_of(event.last) // DAY) == (first, max(last, first + 1))
        if is_it and people == frozenset(shift.people):
            return [(shift.start, shift.end, people)]
    start, end = _handoff_on(event.first, shifts, clock), _handoff_on(event.last, shifts, clock)
    stood = union((shift.start, shift.end) for shift in shifts)
    return [(*span, people) for span in intersection([(start, end)], stood) or [(start, end)]]


def _handoff_on(day: date, shifts: Iterable[Shift], clock: WallClock) -> Instant:
    """Return when somebody takes over on a day, else its midnight."""
    starts = (shift.start for shift in shifts if day_of(Wall(clock.wall(shift.start))) == day)
    return next(starts, clock.instant(wall_of(day)))
