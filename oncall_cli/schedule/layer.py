"""The turns of one layer: its roster versions one after the other, numbered through."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

from oncall_cli.model.time import DAY, Instant, Wall
from oncall_cli.schedule.dealing import Dealing
from oncall_cli.schedule.hours import WeekHours
from oncall_cli.schedule.shift import Keys, People, RosterStart, Shift, Source, Turn
from oncall_cli.schedule.spans import Span
from oncall_cli.schedule.walls import WallClock

# Calling Shift runs Python code for each one; this makes the same values without.
_new_tuple: Callable[[type[Shift], tuple[object, ...]], Shift] = tuple.__new__


class Version(NamedTuple):
    """One roster version that deals turns; ``first`` is the number of its first turn within the layer."""

    first: int
    dealing: Dealing
    members: tuple[People, ...]
    since: Wall
    keys: Keys


class TurnNumber(NamedTuple):
    """A turn by its version and its number there, from 0."""

    version: Version
    number: int

    @property
    def position(self) -> int:
        """The place of the turn's member in the version's list."""
        return self.number % len(self.version.members)


class Layer:
    """The turns of one layer. The last version never ends; the first turn of each is its first member's.

    A turn lasts until the next that is dealt, so that whoever has the hours before an empty turn keeps
    them to their end, even when the clock is put back at that handoff.
    """

    __slots__ = ("_clock", "_versions", "hours", "name", "roster_starts")

    def __init__(
        self,
        name: str,
        clock: WallClock,
        hours: WeekHours | None,
        versions: list[Version],
        roster_starts: list[RosterStart],
    ) -> None:
        self.name = name
        self.hours = hours
        self.roster_starts = roster_starts
        self._clock = clock
        self._versions = versions

    @property
    def versions(self) -> Sequence[Version]:
        """The versions that deal turns, by the numbers of their turns."""
        return self._versions

    def first_turn(self) -> Instant:
        """Return when the first turn begins, in UTC seconds."""
        return self._clock.instant(self._versions[0].dealing.wall(0))

    def turns(self, start: Instant, end: Instant) -> list[Turn]:
        """Return the whole turns that have a time in ``[start, end)``."""
        first, bounds = self._bounds(start, end)
        return [
            Turn(begin, until, turn.version.members[turn.position], turn.version.keys, turn.number)
            for number, (begin, until) in enumerate(pairwise(bounds), first)
            if begin < until
            for turn in (self.find(number),)
        ]

    def next_handoff(self, instant: Instant) -> Instant:
        """Return when, at ``instant`` or later, the next turn begins."""
        _, bounds = self._bounds(instant, Instant(instant + 1))
        return next(handoff for handoff in bounds if handoff >= instant)

    def shifts(self, role: str, offset: int, start: Instant, end: Instant) -> list[Shift]:
        """Return the whole stretches within hours that touch ``[start, end)``, ``offset`` members later."""
        first, bounds = self._bounds(start, end)
        starts, ends = bounds[:-1], bounds[1:]
        people = self._people(first + offset, len(starts))
        columns = zip(
            starts, ends, repeat(role), people, repeat(self.name), starts, starts, repeat(Source.ROSTER),
            repeat(None),
        )  # fmt: skip
        shifts = list(map(_new_tuple, repeat(Shift), columns))
        if self._any_empty(bounds):
            shifts = [shift for shift in shifts if shift.start < shift.end]
        return shifts if self.hours is None else list(_within(shifts, self.hours.spans(start, end)))

    def wall(self, number: int) -> Wall:
        """Return what the wall shows when the turn with a number within the layer begins."""
        turn = self.find(number)
        return turn.version.dealing.wall(turn.number)

    def start(self, number: int) -> Instant:
        """Return when the turn with a number within the layer begins, in UTC seconds."""
        return self._clock.instant(self.wall(number))

    def number_from(self, instant: Instant) -> int:
        """Return the number of the first turn that begins at ``instant`` or later."""
        first, bounds = self._bounds(instant, Instant(instant + 1))
        return first + bisect_left(bounds, instant)

    def number_at(self, instant: Instant) -> tuple[int, Instant, Instant] | None:
        """Return the turn under way at ``instant``: its number in the layer, its start and its end."""
        first, bounds = self._bounds(instant, Instant(instant + 1))
        return (first, bounds[0], bounds[1]) if len(bounds) > 1 else None

    def find(self, number: int) -> TurnNumber:
        """Return the turn that has a number within the layer."""
        version = self._versions[bisect_right(self._versions, number, key=_first) - 1]
        return TurnNumber(version, number - version.first)

    def _bounds(self, start: Instant, end: Instant) -> tuple[int, list[Instant]]:
        """Return the number of the first turn that touches the window, and when each of them starts.

        The end of the last follows; a window before the first turn has no turn, only the first's start.
        """
        # A wall is less than a day away from UTC.
        first = max(0, self._before(start - DAY) - 1)
        starts: list[Instant] = []
        for version, begin, stop in self._runs(first, self._before(end + DAY) + 1):
            starts += self._clock.instants(version.dealing.walls(begin, stop))
        earlier = max(0, bisect_right(starts, start) - 1)
        return first + earlier, starts[earlier : bisect_left(starts, end) + 1]

    def _any_empty(self, bounds: list[Instant]) -> bool:
        """Return whether several handoffs fall on one instant, which takes a jump of the clock over them."""
        jumps = self._clock.jumps(bounds[0], bounds[-1])
        return any(bisect_right(bounds, jump) - bisect_left(bounds, jump) > 1 for jump in jumps)

    def _before(self, wall: int) -> int:
        """Return how many turns begin before ``wall``."""
        count = 0
        for place, version in enumerate(self._versions):
            more = version.dealing.before(wall)
            if not more:
                break
            later = self._versions[place + 1 : place + 2]
            count = min(version.first + more, later[0].first) if later else version.first + more
        return count

    def _people(self, first: int, count: int) -> list[People]:
        people: list[People] = []
        for version, begin, stop in self._runs(first, first + count):
            members = version.members
            rounds = begin % len(members) + stop - begin
            dealt = members * (rounds // len(members) + 1)
            people += dealt[begin % len(members) : rounds]
        return people

    def _runs(self, first: int, stop: int) -> Iterator[tuple[Version, int, int]]:
        """Yield the versions that deal the turns ``first`` up to ``stop``, and the turns' numbers in each."""
        place = bisect_right(self._versions, first, key=_first) - 1
        while first < stop:
            version = self._versions[place]
            place += 1
            ends = self._versions[place].first if place < len(self._versions) else stop
            yield version, first - version.first, min(stop, ends) - version.first
            first = ends


def _first(version: Version) -> int:
    return version.first


def _within(shifts: list[Shift], windows: list[Span]) -> Iterator[Shift]:
    """Yield the part of each turn in each window."""
    place = 0
    for shift in shifts:
        while place < len(windows) and windows[place][1] <= shift.start:
            place += 1
        at = place
        while at < len(windows) and windows[at][0] < shift.end:
            start, end = max(windows[at][0], shift.start), min(windows[at][1], shift.end)
            yield shift._replace(start=start, end=end, window=start)
            at += 1
