"""The handoffs of one roster version on the wall, each counted from the anchor, never from the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from oncall_cli.model.time import DAY, HOUR, MINUTE, WEEK, HandoffTime, Period, Unit, Wall, day_of

# 1970-01-01, where walls count from, was a Thursday.
FIRST_MONDAY = -3 * DAY


class Handoffs(Protocol):
    """An endless row of handoffs: number 0 is the anchor, the first on or after the version's ``from``."""

    def wall(self, number: int) -> Wall:
        """Return what the wall shows, in seconds of wall time, at one handoff."""

    def walls(self, begin: int, end: int) -> Sequence[Wall]:
        """Return the walls of the handoffs number ``begin`` up to, not including, ``end``."""

    def before(self, wall: int) -> int:
        """Return how many handoffs there are before ``wall``."""

    def cycle(self) -> int:
        """Return after how many turns they fall on the same times of the week; 1 if each has a whole one."""


class EvenHandoffs:
    """Handoffs every so many hours, days or weeks of the wall."""

    __slots__ = ("_anchor", "_step")

    def __init__(self, anchor: Wall, step: int) -> None:
        self._anchor = anchor
        self._step = step

    def wall(self, number: int) -> Wall:
        """Return what the wall shows at one handoff, in seconds of wall time."""
        return Wall(self._anchor + number * self._step)

    def walls(self, begin: int, end: int) -> Sequence[Wall]:
        """Return the walls of the handoffs number ``begin`` up to, not including, ``end``."""
        step = self._step
        return range(self._anchor + begin * step, self._anchor + end * step, step)  # type: ignore[return-value]

    def before(self, wall: int) -> int:
        """Return how many handoffs there are before ``wall``."""
        return max(0, -((self._anchor - wall) // self._step))

    def cycle(self) -> int:
        """Return after how many turns they fall on the same times of the week."""
        cycle = 1
        while cycle * self._step % WEEK:
            cycle += 1
        return cycle


class MonthlyHandoffs:
    """Handoffs on one day of every so many months; a month without that day has it on its last."""

    __slots__ = ("_day", "_minutes", "_month", "_months")

    def __init__(self, month: int, day: int, minutes: int, months: int) -> None:
        self._month = month
        self._day = day
        self._minutes = minutes
        self._months = months

    def wall(self, number: int) -> Wall:
        """Return what the wall shows at one handoff, in seconds of wall time."""
        month = self._month + number * self._months
        first, after = _first_day(month), _first_day(month + 1)
        return Wall(min(first + self._day, after) * DAY - DAY + self._minutes * MINUTE)

    def walls(self, begin: int, end: int) -> Sequence[Wall]:
        """Return the walls of the handoffs number ``begin`` up to, not including, ``end``."""
        return [self.wall(number) for number in range(begin, end)]

    def before(self, wall: int) -> int:
        """Return how many handoffs there are before ``wall``."""
        # A guess from the longest possible month is never too high; two steps per century mend it.
        number = max(0, (wall - self.wall(0)) // (31 * DAY * self._months))
        number += max(0, (wall - self.wall(number)) // (31 * DAY * self._months))
        while self.wall(number) < wall:
            number += 1
        return number

    def cycle(self) -> int:
        """Return 1: every turn has a whole week, so that each meets the same hours."""
        return 1


def handoffs(every: Period, at: HandoffTime, since: Wall) -> Handoffs:
    """Return the handoffs on or after ``since``, the wall time from which a roster version holds."""
    if every.unit is Unit.MONTH:
        return _monthly(every.count, at.month_day or 1, at.time.minutes, since)
    time = at.time.minutes * MINUTE
    midnight = since - since % DAY
    if every.unit is Unit.HOUR:
        return EvenHandoffs(_hourly_anchor(every.count * HOUR, time, since), every.count * HOUR)
    if every.unit is Unit.DAY:
        return EvenHandoffs(_on_or_after(midnight + time, DAY, since), every.count * DAY)
    monday = since - (since - FIRST_MONDAY) % WEEK
    weekday = monday + (at.weekday or 0) * DAY + time
    return EvenHandoffs(_on_or_after(weekday, WEEK, since), every.count * WEEK)


def _on_or_after(wall: int, step: int, since: Wall) -> Wall:
    return Wall(wall if wall >= since else wall + step)


def _hourly_anchor(step: int, time: int, since: Wall) -> Wall:
    """Return the first of the day's handoffs (``time`` and every step from it), or else the next day's first."""
    midnight = since - since % DAY
    earliest = midnight + time % step
    anchor = earliest + max(0, -((earliest - since) // step)) * step
    return Wall(anchor if anchor < midnight + DAY else earliest + DAY)


def _monthly(months: int, day: int, minutes: int, since: Wall) -> MonthlyHandoffs:
    began = day_of(since)
    month = began.year * 12 + began.month - 1
    this = MonthlyHandoffs(month, day, minutes, months)
    return this if this.wall(0) >= since else MonthlyHandoffs(month + 1, day, minutes, months)


def _first_day(month: int) -> int:
    """Return the days from 1970-01-01 to the first of a month, counted from January of year 0.

    Written out because ``date`` ends with the year 9999 and a schedule does not; years begin in March here,
    so that the leap day is the last of its year.
    """
    year, since_march = divmod(month - 2, 12)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * since_march + 2) // 5 - 719468
