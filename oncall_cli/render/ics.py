"""Shifts, gaps and duties as a calendar feed (.ics): the same bytes for the same data, whoever asks and whenever.

An event belongs to a rotation, a role and a turn, never to a person: when a turn changes hands, the event
in everybody's calendar changes instead of being doubled.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.model.time import DAY, MINUTE, Instant, day_of, wall_of
from oncall_cli.practice.feeds import FeedKind
from oncall_cli.render.colours import GAP, Colour, colour_of
from oncall_cli.render.ics_lines import Event, Head, calendar_bytes, compact, plain_lines, plain_text
from oncall_cli.render.people import names_of
from oncall_cli.render.times import clock_time
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.person import Person
    from oncall_cli.model.zone import Zone
    from oncall_cli.practice.duty_log import Occurrence
    from oncall_cli.practice.feeds import Entry, Feed, OpenTime
    from oncall_cli.schedule.shift import Shift

# SEQUENCE must grow with every change and fit 31 bits. A count of commits would shrink in a shallow clone;
# seconds of the last commit's time do not, and from 2020 on they last until 2088.
_SEQUENCE_BEGINS = 1577836800
_SEQUENCE_ENDS = 2**31 - 1
# A duty is due at a time; calendars want an end.
_DUTY_LASTS = 30 * MINUTE


class FeedContext(NamedTuple):
    """What all feeds of a team share, and how they are to look."""

    team: str
    people: Mapping[str, Person]
    changed: Mapping[str, Instant]
    """When each rotation's sources were committed last; a rotation that never was is missing."""
    zones: Mapping[str, Zone]
    """The zone of each rotation's wall."""
    all_day: bool = False
    """Whether shifts are shown as whole days."""
    alarms: tuple[int, ...] = ()
    """How many seconds before each event a personal calendar rings."""


def feed_bytes(feed: Feed, context: FeedContext) -> bytes:
    """Return the feed as the .ics file that calendars subscribe to."""
    alarms = context.alarms if feed.kind is FeedKind.PERSON else ()
    return calendar_bytes(feed_head(feed), feed_events(feed, context), alarms)


def feed_head(feed: Feed) -> Head:
    """Return what the calendar says of itself: a rotation and its roles have one colour, each person another."""
    return Head(plain_text(feed.title), *feed_colour(feed))


def feed_colour(feed: Feed) -> Colour:
    """Return the colour in which calendars show the feed."""
    return GAP if feed.kind is FeedKind.GAPS else colour_of(feed.person or feed.rotation or feed.title)


def feed_events(feed: Feed, context: FeedContext) -> list[Event]:
    """Return the events of a feed: its shifts, then its gaps and its duties, all of them by their start."""
    made = _Events(context)
    shifts = made.of_shifts(feed.entries)
    if not feed.gaps and not feed.duties:
        return shifts
    rest = [*map(made.of_gap, feed.gaps), *map(made.of_duty, feed.duties)]
    return sorted([*shifts, *rest], key=lambda event: event.start)


def domain_of(team: str) -> str:
    """Return what keeps the team's UIDs from meeting another team's: its name in ASCII, and a suffix."""
    ascii_name = unicodedata.normalize("NFKD", team).encode("ascii", "ignore").decode("ascii").lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")
    return f"{slug or hashlib.sha256(team.encode()).hexdigest()[:12]}.oncall"


def sequence_of(changed: Instant | None) -> int:
    """Return a number that grows with every commit of the sources."""
    return 0 if changed is None else min(max(changed - _SEQUENCE_BEGINS, 0), _SEQUENCE_ENDS)


def changed_of(sequence: int) -> Instant:
    """Return when the sources of an event with this number were committed."""
    return Instant(sequence + _SEQUENCE_BEGINS)


def days_of_shift(shift: Shift, clock: WallClock) -> tuple[int, int]:
    """Return the days, counted from 1970, that stand for a shift: from its first to before its last, at least one.

    So each day belongs to whoever takes over on it, and no two shifts of a week share one.
    """
    first, last = clock.wall(shift.start) // DAY, clock.wall(shift.end) // DAY
    return first, max(last, first + 1)


class _Events:
    """Builds events; what many events share is made once."""

    def __init__(self, context: FeedContext) -> None:
        self._context = context
        self._domain = domain_of(context.team)
        self._words: dict[tuple[object, ...], tuple[str, str]] = {}
        self._names: dict[tuple[str, ...], str] = {}
        self._stamps: dict[str, tuple[Instant, int]] = {}

    def of_shifts(self, entries: Iterable[Entry]) -> list[Event]:
        """Return one event a shift."""
        if self._context.all_day:
            return [self._in_days(entry) for entry in entries]
        return list(self._timed(entries))

    def of_gap(self, one: OpenTime) -> Event:
        """Return the event of a time in which nobody is on call."""
        rotation, (role, start, end, intended) = one
        why = "It was left to nobody on purpose." if intended else "The schedule promises somebody."
        return Event(
            f"{rotation}.{role}.gap.{compact(start)}@{self._domain}",
            start,
            end,
            f"Nobody on call ({rotation} {role})",
            f"Nobody is {role} of {rotation}.\n{why}",
            *self._stamp(rotation),
        )

    def of_duty(self, one: Occurrence) -> Event:
        """Return the event of a duty: at the time by which it is due, or all day long."""
        duty, day = one.duty, wall_of(one.day)
        at = one.due if duty.at else Instant(day)
        whose = f" ({self._named(one.people)})" if one.people else ""
        told = [f"A duty of the {duty.role} of {one.rotation}."]
        told += [f"Runbook: {duty.runbook}."] if duty.runbook else []
        told += [plain_lines(duty.instructions)] if duty.instructions else []
        return Event(
            f"{one.rotation}.duty.{duty.id}.{compact(Instant(day))[:8]}@{self._domain}",
            at,
            Instant(at + (_DUTY_LASTS if duty.at else DAY)),
            f"{plain_text(duty.title)}{whose}",
            "\n".join(told),
            *self._stamp(one.rotation),
            not duty.at,
        )

    def _timed(self, entries: Iterable[Entry]) -> Iterator[Event]:
        words, domain = self._words, self._domain
        for entry in entries:
            rotation, shift, next_people = entry
            start, end, role, people, _, _, window, _, override = shift
            key = rotation, role, people, override, next_people
            if key not in words:
                words[key] = self._spelled(entry)
            uid = f"{rotation}.{role}.{compact(start)}@{domain}" if window == start else self._uid(rotation, shift)
            yield Event(uid, start, end, *words[key], *self._stamp(rotation))

    def _in_days(self, entry: Entry) -> Event:
        """Return the event of whole days; the times are told in words."""
        rotation, shift, _ = entry
        zone = self._context.zones[rotation]
        clock = WallClock(zone)
        summary, description = self._spelled(entry)
        first, last = (Instant(day * DAY) for day in days_of_shift(shift, clock))
        times = f"{_moment(clock, shift.start)} to {_moment(clock, shift.end)} {zone}."
        uid = self._uid(rotation, shift)
        return Event(uid, first, last, summary, f"{description}\n{times}", *self._stamp(rotation), True)

    def _uid(self, rotation: str, shift: Shift) -> str:
        """Name the turn; a later piece of it, made by an override, also by its own start."""
        begun = shift.window
        if begun is None:
            return f"{rotation}.{shift.role}.{shift.override}.{compact(shift.start)}@{self._domain}"
        own = "" if begun == shift.start else f".{compact(shift.start)}"
        return f"{rotation}.{shift.role}.{compact(begun)}{own}@{self._domain}"

    def _spelled(self, entry: Entry) -> tuple[str, str]:
        """Return the summary and the description of a shift."""
        rotation, shift, next_people = entry
        changed = f"\nBy the override {shift.override}." if shift.override else ""
        then = f"\nNext: {self._named(next_people)}." if next_people else ""
        summary = f"On call: {self._named(shift.people)} ({rotation} {shift.role})"
        return summary, f"{shift.role.capitalize()} of {rotation}.{changed}{then}"

    def _named(self, people: tuple[str, ...]) -> str:
        if people not in self._names:
            self._names[people] = plain_text(names_of(people, self._context.people))
        return self._names[people]

    def _stamp(self, rotation: str) -> tuple[Instant, int]:
        """Return when the rotation changed last, as a stamp and as a sequence."""
        if rotation not in self._stamps:
            changed = self._context.changed.get(rotation)
            self._stamps[rotation] = (changed or Instant(0), sequence_of(changed))
        return self._stamps[rotation]


def _moment(clock: WallClock, instant: Instant) -> str:
    wall = clock.wall(instant)
    return f"{day_of(wall).isoformat()} {clock_time(wall)}"
