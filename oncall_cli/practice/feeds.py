"""Which calendar feeds a team has, and what each of them holds: shifts, and on request gaps and duties."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from oncall_cli.errors import Refused
from oncall_cli.model.time import WEEK, Instant, day_of, wall_of
from oncall_cli.practice.assigned import RotationState
from oncall_cli.practice.duty_log import Occurrence, occurrences
from oncall_cli.schedule.shift import Gap
from oncall_cli.schedule.walls import WallClock

if TYPE_CHECKING:
    from oncall_cli.model.rotation import Rotation
    from oncall_cli.model.zone import Zone
    from oncall_cli.schedule.schedule import Schedule
    from oncall_cli.schedule.shift import People, Shift

_MONTHS_BACK, _MONTHS_AHEAD = 1, 12
# How far outside of the window the ends of a gap are looked for.
_GAP_LOOK = 8 * WEEK


class FeedKind(StrEnum):
    """What a feed is about."""

    ALL = "all"
    ROTATION = "rotation"
    ROLE = "role"
    PERSON = "person"
    GAPS = "gaps"
    DUTIES = "duties"


class Entry(NamedTuple):
    """A shift of a rotation, never cut at the window's ends, and who stands the one after it."""

    rotation: str
    shift: Shift
    next_people: People


class OpenTime(NamedTuple):
    """A time in which nobody holds a role of a rotation."""

    rotation: str
    gap: Gap


class RotationEntries(NamedTuple):
    """All that is in the window of one rotation, and its roles, also those that nobody holds then."""

    rotation: str
    roles: tuple[str, ...]
    entries: list[Entry]
    gaps: Sequence[OpenTime] = ()
    duties: Sequence[Occurrence] = ()


class About(NamedTuple):
    """A rotation, a role and a person that a feed is narrowed to; each is None for all."""

    rotation: str | None = None
    role: str | None = None
    person: str | None = None


_ALL = About()


class Feed(NamedTuple):
    """One calendar: its file under the folder of feeds, its name, what it is about, and what is in it."""

    path: str
    title: str
    entries: Sequence[Entry] = ()
    gaps: Sequence[OpenTime] = ()
    duties: Sequence[Occurrence] = ()
    kind: FeedKind = FeedKind.ALL
    rotation: str | None = None
    role: str | None = None
    person: str | None = None

    def is_about(self, about: About) -> bool:
        """Whether it is about what is asked for, as far as that is said."""
        mine = (self.rotation, self.role, self.person)
        return all(wanted in (None, own) for wanted, own in zip(about, mine, strict=True))


def default_window(now: Instant, zone: Zone) -> tuple[Instant, Instant]:
    """Return a month back and twelve ahead of today's midnight, so that a feed changes once a day at most."""
    clock = WallClock(zone)
    today = day_of(clock.wall(now))
    back, ahead = _months_after(today, -_MONTHS_BACK), _months_after(today, _MONTHS_AHEAD)
    return clock.instant(wall_of(back)), clock.instant(wall_of(ahead))


def entries_of(schedule: Schedule, start: Instant, end: Instant) -> RotationEntries:
    """Return the shifts that touch the window, whole: it neither cuts nor changes any of them."""
    found = [entry for role in schedule.roles for entry in _of_role(schedule, role, start, end)]
    return RotationEntries(schedule.rotation, schedule.roles, found if len(schedule.roles) == 1 else _sorted(found))


def gaps_of(schedule: Schedule, start: Instant, end: Instant) -> list[OpenTime]:
    """Return the gaps that touch the window, whole where they are no longer than some weeks."""
    found = schedule.gaps(Instant(start - _GAP_LOOK), Instant(end + _GAP_LOOK))
    return [OpenTime(schedule.rotation, gap) for gap in found if gap.start < end and gap.end > start]


def duties_of(rotation: Rotation, schedule: Schedule, start: Instant, end: Instant) -> list[Occurrence]:
    """Return the duties that fall due in the window, each with whoever is to do it."""
    return occurrences(RotationState(rotation, schedule, ()), start, end)


def whole_set(
    team: str, rotations: list[RotationEntries], names: Mapping[str, str], extras: Collection[FeedKind] = ()
) -> list[Feed]:
    """Return every feed of a team: all, each rotation, each role of each, and each person by their name.

    The extras are feeds that hold nothing but the gaps, or the duties, of all rotations.
    """
    everything = _together(rotations)
    feeds = [Feed("all.ics", team, *everything[2:])]
    for each in rotations:
        name, path = each.rotation, f"rotations/{each.rotation}"
        feeds.append(Feed(f"{path}.ics", name, *each[2:], kind=FeedKind.ROTATION, rotation=name))
        for role in each.roles:
            parts = _only(each, role=role)
            feeds.append(Feed(f"{path}-{role}.ics", f"{name} {role}", *parts, FeedKind.ROLE, rotation=name, role=role))
    for person, title in sorted(names.items()):
        parts = _only(everything, person=person)
        feeds.append(Feed(f"people/{person}.ics", title, *parts, kind=FeedKind.PERSON, person=person))
    if FeedKind.GAPS in extras:
        feeds.append(Feed("gaps.ics", f"{team}: nobody on call", gaps=everything.gaps, kind=FeedKind.GAPS))
    if FeedKind.DUTIES in extras:
        feeds.append(Feed("duties.ics", f"{team}: duties", duties=everything.duties, kind=FeedKind.DUTIES))
    _refuse_twins(feeds)
    return feeds


def one_feed(title: str, rotations: Sequence[RotationEntries], about: About = _ALL) -> Feed:
    """Return a single feed of the rotations, of one role or one person where they are named."""
    kinds = {FeedKind.PERSON: about.person, FeedKind.ROLE: about.role, FeedKind.ROTATION: about.rotation}
    kind = next((kind for kind, wanted in kinds.items() if wanted), FeedKind.ALL)
    return Feed("", title, *_only(_together(rotations), about.role, about.person), kind, *about)


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


def _together(rotations: Sequence[RotationEntries]) -> RotationEntries:
    """Return what all rotations hold, by time."""
    if len(rotations) == 1:
        return rotations[0]
    gaps = [gap for each in rotations for gap in each.gaps]
    duties = [duty for each in rotations for duty in each.duties]
    return RotationEntries(
        "",
        (),
        _sorted(entry for each in rotations for entry in each.entries),
        sorted(gaps, key=lambda one: (one.gap.start, one.rotation, one.gap.role)),
        sorted(duties, key=lambda one: (one.due, one.rotation, one.duty.id)),
    )


def _sorted(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: (entry.shift.start, entry.rotation, entry.shift.role))


def _only(
    all_of: RotationEntries, role: str | None = None, person: str | None = None
) -> tuple[Sequence[Entry], Sequence[OpenTime], Sequence[Occurrence]]:
    """Return what concerns a role or a person; a gap is nobody's."""
    return (
        [
            entry
            for entry in all_of.entries
            if role in (None, entry.shift.role) and (person is None or person in entry.shift.people)
        ],
        [one for one in all_of.gaps if role in (None, one.gap.role) and person is None],
        [one for one in all_of.duties if role in (None, one.duty.role) and (person is None or person in one.people)],
    )


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
