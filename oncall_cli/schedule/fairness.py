"""How much of the load each person bears: the hours on call, and which of them fall where it hurts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

from oncall_cli.model.time import DAY, HOUR, WEEK, Instant, Wall, wall_of
from oncall_cli.model.zone import Zone
from oncall_cli.schedule.handoffs import FIRST_MONDAY
from oncall_cli.schedule.shift import Shift
from oncall_cli.schedule.spans import Span, intersection, union
from oncall_cli.schedule.walls import WallClock

ZoneOf = Callable[[str], Zone]

# In which hours of the wall people sleep.
_NIGHT = (22 * HOUR, 30 * HOUR)
_SATURDAY = 5 * DAY


class Load(NamedTuple):
    """Seconds on call: in all, and how many of them at night, on a weekend, and on a holiday.

    Whoever has two places at once is on call once. The kinds overlap: a Christmas night is holiday and night.
    """

    seconds: int = 0
    night: int = 0
    weekend: int = 0
    holiday: int = 0


class Posts(NamedTuple):
    """The shifts of one rotation that count, and its holidays, which are days of its own wall."""

    shifts: Sequence[Shift]
    clock: WallClock
    holidays: Collection[date] = ()


def loads(rotations: Iterable[Posts], zone_of: ZoneOf, start: Instant, end: Instant) -> dict[str, Load]:
    """Return what each person who has a shift bears in ``[start, end)``, nights and weekends on their own wall."""
    on_call: dict[str, list[Span]] = {}
    on_holiday: dict[str, list[Span]] = {}
    for posts in rotations:
        holidays = _holidays(posts, start, end)
        for person, spans in _spans_of(posts.shifts, start, end).items():
            on_call.setdefault(person, []).extend(spans)
            on_holiday.setdefault(person, []).extend(intersection(union(spans), holidays))

    @cache
    def windows(zone: Zone) -> tuple[list[Span], list[Span]]:
        clock = WallClock(zone)
        return _nights(clock, start, end), _weekends(clock, start, end)

    found = {}
    for person, spans in sorted(on_call.items()):
        held = union(spans)
        nights, weekends = windows(zone_of(person))
        parts = (held, intersection(held, nights), intersection(held, weekends), union(on_holiday[person]))
        found[person] = Load(*map(_seconds, parts))
    return found


def mean(borne: Collection[Load]) -> Load:
    """Return what each would bear if all bore the same, to the second."""
    return Load(*(sum(column) // len(borne) for column in zip(*borne, strict=True))) if borne else Load()


def _spans_of(shifts: Iterable[Shift], start: Instant, end: Instant) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}
    for shift in shifts:
        begin, until = max(shift.start, start), min(shift.end, end)
        if begin < until:
            for person in shift.people:
                found.setdefault(person, []).append((begin, until))
    return found


def _nights(clock: WallClock, start: Instant, end: Instant) -> list[Span]:
    midnights = range((start - 2 * DAY) // DAY * DAY, end + 2 * DAY, DAY)
    return _shown(clock, [(day + _NIGHT[0], day + _NIGHT[1]) for day in midnights])


def _weekends(clock: WallClock, start: Instant, end: Instant) -> list[Span]:
    monday = start - (start - FIRST_MONDAY) % WEEK
    weeks = range(monday - WEEK, end + WEEK, WEEK)
    return _shown(clock, [(week + _SATURDAY, week + WEEK) for week in weeks])


def _holidays(posts: Posts, start: Instant, end: Instant) -> list[Span]:
    days = sorted(wall_of(day) for day in posts.holidays)
    return _shown(posts.clock, [(day, day + DAY) for day in days if start - 2 * DAY < day < end + 2 * DAY])


def _shown(clock: WallClock, walls: list[tuple[int, int]]) -> list[Span]:
    """Return when the wall shows the stretches: from the first time to the last, where one comes twice."""
    begins = clock.instants([Wall(begin) for begin, _ in walls])
    ends = clock.instants([Wall(end) for _, end in walls], last=True)
    return union(zip(begins, ends, strict=True))


def _seconds(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)
