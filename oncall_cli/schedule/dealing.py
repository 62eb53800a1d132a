"""Which turns of one roster version are dealt to a member, and which ``hours`` leaves empty."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from oncall_cli.model.time import Wall
from oncall_cli.schedule.handoffs import Handoffs
from oncall_cli.schedule.hours import WeekHours


class Dealing:
    """The handoffs that deal a turn, numbered from 0.

    Whether a turn is empty is decided on the wall, as if clocks never changed. It then repeats after at
    most 168 turns, so that any number is found by division, however long ago the version began.
    """

    __slots__ = ("_cycle", "_dealt", "_handoffs", "_hours")

    def __init__(self, handoffs: Handoffs, hours: WeekHours | None) -> None:
        self._handoffs = handoffs
        self._hours = hours
        self._cycle = handoffs.cycle() if hours else 1
        walls = handoffs.walls(0, self._cycle + 1)
        turns = range(self._cycle)
        self._dealt = [turn for turn in turns if not hours or hours.meets(walls[turn], walls[turn + 1])]
        if len(self._dealt) == self._cycle:
            self._cycle, self._dealt = 1, [0]

    def wall(self, number: int) -> Wall:
        """Return the wall time at which the turn begins."""
        rounds, place = divmod(number, len(self._dealt))
        return self._handoffs.wall(rounds * self._cycle + self._dealt[place])

    def walls(self, begin: int, end: int) -> Sequence[Wall]:
        """Return the wall times at which the turns number ``begin`` up to, not including, ``end`` begin."""
        if self._cycle == 1:
            return self._handoffs.walls(begin, end)
        return [self.wall(number) for number in range(begin, end)]

    def before(self, wall: int) -> int:
        """Return how many dealt turns begin before ``wall``."""
        rounds, place = divmod(self._handoffs.before(wall), self._cycle)
        return rounds * len(self._dealt) + bisect_left(self._dealt, place)

    def until(self, end: Wall) -> int:
        """Return how many turns a version that ends at ``end`` deals: its last must still have hours."""
        count = self.before(end)
        if count and self._hours and not self._hours.meets(self.wall(count - 1), end):
            return count - 1
        return count
