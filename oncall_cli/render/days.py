"""Days on the reader's wall: where each begins and ends, how long it is, and how a time of it is written."""

from __future__ import annotations

from datetime import date, timedelta

from oncall_cli.model.time import DAY, HOUR, MINUTE, Instant, day_of, wall_of
from oncall_cli.render.times import Times, clock_time

NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
AGAIN = "²"


def days_of(first: date, last: date) -> list[date]:
    """Return the days of the whole weeks that hold ``first`` to ``last``."""
    begin = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


def bounds(day: date, times: Times) -> tuple[Instant, Instant]:
    """Return the instants at which a day begins and ends on the reader's wall; it may have 23 or 25 hours."""
    return times.clock.instant(wall_of(day)), times.clock.instant(wall_of(day + timedelta(days=1)))


def today_of(times: Times) -> date:
    """Return the day that it is now."""
    return day_of(times.clock.wall(times.now))


def unusual_length(day: date, times: Times) -> str:
    """Return ``23h`` or ``25h`` for a day on which the clocks change, nothing for another."""
    start, end = bounds(day, times)
    if end - start == DAY:
        return ""
    hours, rest = divmod(end - start, HOUR)
    return f"{hours}h{rest // MINUTE or ''}"


def short_time(instant: Instant, times: Times) -> str:
    """Return the time of day, without its minutes on the full hour; marked when the wall shows it a second time."""
    wall = times.clock.wall(instant)
    shown = f"{wall % DAY // HOUR:02d}" if wall % HOUR // MINUTE == 0 else clock_time(wall)
    return shown + again(instant, times)


def again(instant: Instant, times: Times) -> str:
    """Return a mark for an instant in the hour that the wall shows twice, when it is the second time."""
    return AGAIN if times.clock.instant(times.clock.wall(instant)) != instant else ""
