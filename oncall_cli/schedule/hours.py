"""The times of the week that ``hours`` opens, on one zone's wall and as instants."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from oncall_cli.model.hours import Hours
from oncall_cli.model.time import DAY, MINUTE, WEEK, Instant, Wall, wall_of
from oncall_cli.schedule.handoffs import FIRST_MONDAY
from oncall_cli.schedule.spans import Span, difference, union
from oncall_cli.schedule.walls import WallClock

Window = tuple[int, int]


class WeekHours:
    """Windows of every week, in seconds from Monday's midnight; they do not touch, and may pass Sunday.

    ``written`` are the same windows as the file has them, each a day's own, for the days that are closed.
    """

    __slots__ = ("_clock", "_closed", "_windows", "_written")

    def __init__(
        self, windows: list[Window], clock: WallClock, written: list[Window], closed: Iterable[date] = ()
    ) -> None:
        self._windows = windows
        self._clock = clock
        self._written = written
        self._closed = frozenset(wall_of(day) for day in closed)

    def meets(self, begin: Wall, end: Wall) -> bool:
        """Return whether a window has a time in ``[begin, end)``, as walls show it, with no jumps."""
        if end - begin >= WEEK:
            return True
        since_monday = (begin - FIRST_MONDAY) % WEEK
        until = since_monday + end - begin
        return any(
            max(opens + week, since_monday) < min(closes + week, until)
            for opens, closes in self._windows
            for week in (-WEEK, 0, WEEK)
        )

    def spans(self, start: Instant, end: Instant) -> list[Span]:
        """Return the whole windows, in UTC seconds, that have a time in ``[start, end)``.

        A window begins at the first time its wall is shown and ends at the last, so that a repeated hour
        makes windows overlap, never come apart; those that then touch are one.
        """
        # A window is shorter than a week, and a jump of the clock can join it to the next one.
        monday = start - (start - FIRST_MONDAY) % WEEK
        weeks = range(monday - 2 * WEEK, end + 2 * WEEK, WEEK)
        if self._closed:
            walls = self._open(weeks)
        else:
            walls = [(Wall(week + opens), Wall(week + closes)) for week in weeks for opens, closes in self._windows]
        begins = self._clock.instants([opens for opens, _ in walls])
        ends = self._clock.instants([closes for _, closes in walls], last=True)
        joined = union(zip(begins, ends, strict=True))
        return [span for span in joined if span[0] < end and span[1] > start]

    def _open(self, weeks: Iterable[int]) -> list[tuple[Wall, Wall]]:
        """Return the windows on the wall without those of closed days, in their order.

        A window of up to a day is that day's on which it begins; a longer one loses the closed days in it.
        """
        windows = [(week + opens, week + closes) for week in weeks for opens, closes in self._written]
        days = [(window, window[0] - window[0] % DAY) for window in windows]
        short = [window for window, day in days if window[1] - window[0] <= DAY and day not in self._closed]
        long = [window for window in windows if window[1] - window[0] > DAY]
        closed = sorted((Instant(day), Instant(day + DAY)) for day in self._closed) if long else []
        spans = [(Instant(opens), Instant(closes)) for opens, closes in long]
        rest = [part for span in spans for part in difference([span], closed)]
        kept = union([*((Instant(opens), Instant(closes)) for opens, closes in short), *rest])
        return [(Wall(opens), Wall(closes)) for opens, closes in kept]


def week_hours(entries: Iterable[Hours], clock: WallClock, closed: Collection[date] = ()) -> WeekHours | None:
    """Return what the entries open together; None when that is around the clock, as no entries are.

    On the days ``closed`` their windows stay shut, which ``meets`` does not know: whose turn it is depends on
    the week alone.
    """
    written = [
        (window.weekday * DAY + window.start * MINUTE, window.weekday * DAY + window.end * MINUTE)
        for entry in entries
        for window in entry.windows
    ]
    three_weeks = union(
        (Instant(opens + week), Instant(closes + week)) for opens, closes in written for week in (-WEEK, 0, WEEK)
    )
    windows: list[Window] = [span for span in three_weeks if 0 <= span[0] < WEEK]
    # Around the clock the three weeks are one span, which begins before the middle one.
    if closed and written:
        return WeekHours(windows or [(0, WEEK)], clock, written, closed)
    return WeekHours(windows, clock, written) if windows else None


def open_spans(all_hours: Iterable[WeekHours | None], start: Instant, end: Instant) -> list[Span]:
    """Return the times in ``[start, end)`` that any of the hours open; windows may reach beyond."""
    found: list[Span] = []
    for hours in all_hours:
        if hours is None:
            return [(start, end)]
        found += hours.spans(start, end)
    return union(found)
