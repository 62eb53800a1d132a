"""Which calendar feeds a team has, and which shifts each of them holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.time import Instant, day_of, wall_of
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.zone import Zone
    from oncall_cli.schedule.schedule import Schedule
    from oncall_cli.schedule.shift import People, Shift

_MONTHS_BACK, _MONTHS_AHEAD = 1, 12


class Entry(NamedTuple):
    """A shift of a rotation, never cut at the window's ends, and who stands the one after it."""

    rotation: str
    shift: Shift
    next_people: People


class RotationEntries(NamedTuple):
    """All the shifts of one rotation in the window, and its roles, also those that nobody holds then."""

    rotation: str
    roles: tuple[str, ...]
    entries: list[Entry]


class Feed(NamedTuple):
    """One calendar: its file under the folder of feeds, its name, and what is in it."""

    path: str
    title: str
    entries: list[Entry]


def default_window(now: Instant, zone: Zone) -> tuple[Instant, Instant]:
    """Return a month back and twelve ahead of today's midnight, so that a feed changes once a day at most."""
    clock = WallClock(zone)
    today = day_of(clock.wall(now))
    back, ahead = _months_after(today, -_MONTHS_BACK), _months_after(today, _MONTHS_AHEAD)
    return clock.instant(wall_of(back)), clock.instant(wall_of(ahead))


def entries_of(schedule: Schedule, start: Instant, end: Instant) -> RotationEntries:
    """Return the shifts that touch the window, whole: it neither cuts nor changes any of them."""
    found = [entry for role in schedule.roles for entry in _of_role(schedule, role, start, end)]
    return RotationEntries(schedule.rotation, schedule.roles, _sorted(found))


def whole_set(team: str, rotations: list[RotationEntries], names: Mapping[str, str]) -> list[Feed]:
    """Return every feed of a team: all, each rotation, each role of each, and each person by their name."""
    everything = _sorted(entry for each in rotations for entry in each.entries)
    feeds = [Feed("all.ics", team, everything)]
    for each in rotations:
        feeds.append(Feed(f"rotations/{each.rotation}.ics", each.rotation, each.entries))
        for role in each.roles:
            path, title = f"rotations/{each.rotation}-{role}.ics", f"{each.rotation} {role}"
            feeds.append(Feed(path, title, _only(each.entries, role=role)))
    for person, name in sorted(names.items()):
        feeds.append(Feed(f"people/{person}.ics", name, _only(everything, person=person)))
    _refuse_twins(feeds)
    return feeds


def one_feed(
    title: str, rotations: Iterable[RotationEntries], role: str | None = None, person: str | None = None
) -> Feed:
    """Return a single feed of the rotations, of one role or one person where they are named."""
    entries = _only(_sorted(entry for each in rotations for entry in each.entries), role, person)
    return Feed("", title, entries)


def _of_role(schedule: Schedule, role: str, start: Instant, end: Instant) -> list[Entry]:
    """Pair each shift with the next one of other people, which may begin after the window."""
    shifts = schedule.shifts(start, end, (role,), cut=False)
    if not shifts:
        return []
    then = schedule.at(role, Instant(shifts[-1].end - 1)).next_people
    entries = [Entry(schedule.rotation, shifts[-1], then)]
    for shift, later in zip(shifts[-2::-1], shifts[:0:-1], strict=True):
        if set(shift.people) != set(later.people):
            then = later.people
        entries.append(Entry(schedule.rotation, shift, then))
    return entries[::-1]


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.shift.start, entry.rotation, entry.shift.role))


def _only(entries: list[Entry], role: str | None = None, person: str | None = None) -> list[Entry]:
    return [
        entry
        for entry in entries
        if role in (None, entry.shift.role) and (person is None or person in entry.shift.people)
    ]


def _refuse_twins(feeds: Iterable[Feed]) -> None:
    """Refuse to write two feeds into one file, as those of 'a' as 'b' and of a rotation 'a-b' would be."""
    seen: dict[str, str] = {}
    for feed in feeds:
        if feed.path in seen:
            raise Refused(
                f"the feeds '{seen[feed.path]}' and '{feed.title}' would both be '{feed.path}'",
                hint="rename one of the rotations, or write the feeds one by one with --out FILE.ics",
            )
        seen[feed.path] = feed.title


def _months_after(day: date, months: int) -> date:
    """Return the same day of another month, or the last one that it has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    after = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (after - date(year, month + 1, 1)).days))
