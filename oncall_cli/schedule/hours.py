"""The times of the week that ``hours`` opens, on one zone's wall and as instants."""

from __future__ import annotations

from collections.abc import Iterable

from oncall_cli.model.hours import Hours
from oncall_cli.model.time import DAY, MINUTE, WEEK, Instant, Wall
from oncall_cli.schedule.handoffs import FIRST_MONDAY
from oncall_cli.schedule.spans import Span, union
from oncall_cli.schedule.walls import WallClock

Window = tuple[int, int]


class WeekHours:
    """Windows of every week, in seconds from Monday's midnight; they do not touch, and may pass Sunday."""

    __slots__ = ("_clock", "_windows")

    def __init__(self, windows: list[Window], clock: WallClock) -> None:
        self._windows = windows
        self._clock = clock

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
        opens = [Wall(week + window[0]) for week in weeks for window in self._windows]
        closes = [Wall(week + window[1]) for week in weeks for window in self._windows]
        begins, ends = self._clock.instants(opens), self._clock.instants(closes, last=True)
        joined = union(zip(begins, ends, strict=True))
        return [span for span in joined if span[0] < end and span[1] > start]


def week_hours(entries: Iterable[Hours], clock: WallClock) -> WeekHours | None:
    """Return what the entries open together; None when that is around the clock, as no entries are."""
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
    return WeekHours(windows, clock) if windows else None


def open_spans(all_hours: Iterable[WeekHours | None], start: Instant, end: Instant) -> list[Span]:
    """Return the times in ``[start, end)`` that any of the hours open; windows may reach beyond."""
    found: list[Span] = []
    for hours in all_hours:
        if hours is None:
            return [(start, end)]
        found += hours.spans(start, end)
    return union(found)
