"""One role of a rotation: its holders laid over each other, and the overrides on top."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from oncall_cli.model.time import DAY, Instant
from oncall_cli.schedule.changes import Block, Change, blocks_of, outcome, overridden
from oncall_cli.schedule.holder import Holder
from oncall_cli.schedule.pieces import clipped, overlaid, uncut
from oncall_cli.schedule.shift import Bearing, Explanation, Ground, Shift
from oncall_cli.schedule.spans import Timed

# How far the next and the last shift are looked for: nothing is planned farther ahead.
HORIZON = 4 * 366 * DAY
_FIRST_LOOK = 7 * DAY


class RoleLine:
    """All that is said about one role. Later holders win over earlier ones, changes over all of them."""

    __slots__ = ("_blocks", "_holders", "changes", "name")

    def __init__(self, name: str, holders: list[Holder], changes: list[Change]) -> None:
        self.name = name
        self.changes = sorted(changes)
        self._holders = holders
        self._blocks = blocks_of(changes)

    def base(self, start: Instant, end: Instant) -> list[Shift]:
        """Return what would be in ``[start, end)`` without overrides, cut to it."""
        stacked: list[Shift] = []
        for holder in self._holders:
            found = holder.shifts(start, end)
            stacked = overlaid(stacked, found) if stacked else found
        return clipped(stacked, start, end)

    def within(self, start: Instant, end: Instant) -> list[Shift]:
        """Return the shifts in ``[start, end)``, cut to it; those of no people are intended gaps."""
        base, blocks = self.base(start, end), self._touching(start, end)
        if not blocks:
            return base
        return overridden(self.name, base, [block.within(start, end) for block in blocks])

    def whole(self, start: Instant, end: Instant) -> list[Shift]:
        """Return the shifts that touch ``[start, end)``, uncut; those of no people are intended gaps.

        None reaches beyond the turn, stint or block of changes that it is a part of.
        """
        found = [holder.shifts(start, end) for holder in self._holders]
        limits = _hull(start, end, *found, self._touching(start, end))
        if len(found) == 1 and not self._touching(*limits):
            return found[0]
        return uncut(self.within, (start, end), limits)

    def later(self, instant: Instant) -> Iterator[Shift]:
        """Yield the whole shifts that begin at ``instant`` or within four years after it."""
        low, look = instant, _FIRST_LOOK
        while low < instant + HORIZON:
            high = Instant(min(low + look, instant + HORIZON))
            yield from (shift for shift in self.whole(low, high) if shift.people and shift.start >= low)
            low, look = high, look * 2

    def last_end(self, instant: Instant) -> Instant | None:
        """Return when the last shift before ``instant`` ended; None when none did within four years."""
        high, look = instant, _FIRST_LOOK
        limit = max(self._begin(instant), instant - HORIZON)
        while high > limit:
            low = Instant(high - look)
            held = [shift.end for shift in self.within(low, high) if shift.people]
            if held:
                return held[-1]
            high, look = low, look * 2
        return None

    def unmatched(self) -> list[Change]:
        """Return the changes with an ``instead_of`` who has, for four years at most, none of their time."""
        return [change for change in self.changes if change.instead_of is not None and not self._matches(change)]

    def _matches(self, change: Change) -> bool:
        low, look = max(change.start, self._begin(change.start)), _FIRST_LOOK
        limit = min(change.end, low + HORIZON)
        while low < limit:
            high = Instant(min(low + look, limit))
            if any(change.instead_of in shift.people for shift in self.base(low, high)):
                return True
            low, look = high, look * 2
        return False

    def explain(self, instant: Instant) -> Explanation | None:
        """Return why the people of this instant hold the role; None when nothing is said about it."""
        base = self.base(instant, Instant(instant + 1))
        covering = [change for change in self.changes if change.start <= instant < change.end]
        if not base and not covering:
            return None
        people, _, applied = outcome(base[0].people if base else (), covering)
        bearing = [Bearing(change.override, change.place, change in applied) for change in covering]
        # The winner is last: those that lost come before those that have a part in the answer.
        bearing.sort(key=lambda change: change.applied)
        return Explanation(self.name, instant, self._ground(instant), tuple(bearing), people)

    def _ground(self, instant: Instant) -> Ground | None:
        for holder in reversed(self._holders):
            if holder.shifts(instant, Instant(instant + 1)):
                return holder.ground(instant)
        return None

    def _begin(self, otherwise: Instant) -> Instant:
        """Return when anybody first holds the role."""
        begins = [holder.begin() for holder in self._holders] + [block.start for block in self._blocks[:1]]
        return min(begins, default=otherwise)

    def _touching(self, start: Instant, end: Instant) -> list[Block]:
        first = bisect_right(self._blocks, start, key=_end)
        return self._blocks[first : bisect_left(self._blocks, end, lo=first, key=_start)]


def _hull(start: Instant, end: Instant, *lists: Sequence[Timed]) -> tuple[Instant, Instant]:
    """Return the start and the end of all that the sorted lists hold, and of the window."""
    low = min([start, *(items[0].start for items in lists if items)])
    high = max([end, *(items[-1].end for items in lists if items)])
    return low, high


def _start(block: Block) -> Instant:
    return block.start


def _end(block: Block) -> Instant:
    return block.end
